import MartletCore
import Testing

@testable import MartletServer

@Suite struct DocumentReaderTests {
    static let schema = ResourceSchema(
        "things", component: "Thing",
        attributes: [
            Property("name", .string(maxLength: 5), required: true), Property("count", .integer(1...9)),
            Property("when", .nullable(.time)), Property("kind", .choice(["a", "b"])), Property("flag", .boolean),
            Property("tags", .array(.string(), max: 2)), Property("map", .map(.integer())),
            Property("inner", .object([Property("x", .number, required: true)])), Property("mail", .format("email")),
        ], relationships: [.one("owner", "users", required: true), .many("groups", "groups")])

    static let good = """
        {"data": {"type": "things", "attributes": {"name": "abc", "count": 3, "when": null, "kind": "a", "flag": true,
        "tags": ["x"], "map": {"k": 1}, "inner": {"x": 1.5}, "mail": "a@b.example"}, "relationships": {
        "owner": {"data": {"type": "users", "id": "7"}}, "groups": {"data": [{"type": "groups", "id": "1"}]}}}}
        """

    /// Places and codes of all errors, in order.
    static func errors(_ text: String, id: String? = nil) -> [String] {
        do {
            _ = try DocumentReader.resource(Array(text.utf8), as: schema, id: id)
            return []
        } catch let errors as APIErrors {
            return errors.errors.map { error in
                guard case .pointer(let pointer) = error.source else { return error.code }
                return "\(error.status) \(pointer) \(error.code)"
            }
        } catch let error as APIError { return ["\(error.status) \(error.code)"] } catch { return ["\(error)"] }
    }

    @Test func aDocumentIsRead() throws {
        let input = try DocumentReader.resource(Array(Self.good.utf8), as: Self.schema)
        #expect(input.string("name") == "abc")
        #expect(input.integer("count") == 3)
        #expect(input.has("when"))
        #expect(input.time("when") == nil)
        #expect(input.boolean("flag") == true)
        #expect(input.strings("tags") == ["x"])
        #expect(input.one("owner") == "7")
        #expect(input.many("groups") == ["1"])
    }

    @Test func everyFieldThatIsWrongIsNamed() {
        let text = """
            {"data": {"type": "things", "attributes": {"name": "abcdef", "count": 10, "when": "soon", "kind": "c",
            "flag": 1, "tags": ["x", "y", "z"], "map": {"k": "v"}, "inner": {}, "mail": "nobody", "colour": "red"},
            "relationships": {"owner": {"data": {"type": "groups", "id": "1"}}, "other": {"data": null}}}}
            """
        #expect(
            Self.errors(text) == [
                "400 /data/attributes/name max_length", "400 /data/attributes/count invalid",
                "400 /data/attributes/when invalid", "400 /data/attributes/kind invalid_choice",
                "400 /data/attributes/flag invalid", "400 /data/attributes/tags invalid",
                "400 /data/attributes/map/k invalid", "400 /data/attributes/inner/x required",
                "400 /data/attributes/mail invalid", "400 /data/attributes/colour invalid",
                "400 /data/relationships/owner/data invalid", "400 /data/relationships/other invalid",
                "400 /data/relationships/owner required",
            ])
    }

    @Test func typeAndIDBelongToTheEndpoint() {
        #expect(Self.errors(Self.good.replacing("\"things\"", with: "\"users\"")).contains("409 /data/type conflict"))
        #expect(Self.errors(Self.good, id: "9") == ["400 /data/id required"])
        let other = Self.good.replacing("\"type\": \"things\"", with: "\"type\": \"things\", \"id\": \"8\"")
        #expect(Self.errors(other, id: "9") == ["409 /data/id conflict"])
        #expect(Self.errors(other, id: "8") == [])
    }

    @Test(arguments: [
        "", "{", "[]", "null", "7", "{\"data\": []}", "{\"data\": 1}", "{\"data\": {\"type\": 1}}",
        "{\"data\": {\"type\": \"things\", \"attributes\": []}}", "\u{0}", "{\"data\": {\"type\": \"things\"}",
        String(repeating: "[", count: 100_000), "{\"data\":" + String(repeating: "{\"a\":", count: 40),
    ]) func whatIsNoDocumentIsRefused(_ text: String) {
        let found = Self.errors(text)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.hasPrefix("400") })
    }

    @Test func keysThatStandTwiceAndNulCharactersAreRefused() {
        let twice = Self.good.replacing("\"count\": 3", with: "\"count\": 3, \"count\": 4")
        #expect(Self.errors(twice) == ["400 /data/attributes/count invalid"])
        let nul = Self.good.replacing("\"abc\"", with: "\"a\\u0000\"")
        #expect(Self.errors(nul) == ["400 /data/attributes/name invalid"])
    }
}
