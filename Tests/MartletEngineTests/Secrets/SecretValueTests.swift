import MartletCore
import Testing

@testable import MartletEngine

@Suite("Secrets: values")
struct SecretValueTests {
    private func read(_ text: String, isText: Bool = false) throws -> SecretValue {
        try SecretValue.read(SecretBytes(text), isText: isText, place: "here")
    }

    @Test(
        "one text: one line end behind it goes",
        arguments: [
            ("hunter2", "hunter2"), ("hunter2\n", "hunter2"), ("hunter2\r\n", "hunter2"), ("a\nb\n\n", "a\nb\n"),
            ("[1]", "[1]"), ("\"{}\"", "\"{}\""), ("ä\u{1F426}", "ä\u{1F426}"),
        ])
    func text(given: String, kept: String) throws {
        let value = try read(given)
        #expect(value.kind == .text && value.said == [kept])
        #expect(try SecretValue.decode(value.encoded(), kind: .text).said == [kept])
    }

    @Test("an object of texts is fields, in their order")
    func fields() throws {
        let value = try read(" \n{\"B\": \"1\", \"A\": \"\", \"c.d-e/f_9\": \"\\u00e4\\n\"}\n")
        #expect(value.kind == .fields)
        #expect(value.said == ["B", "1", "A", "", "c.d-e/f_9", "ä\n"])
        #expect(value.field("A")?.count == 0 && value.field("B")?.text == "1" && value.field("x") == nil)
        #expect(try SecretValue.decode(value.encoded(), kind: .fields).said == value.said)
        let text = try read("{\"B\": \"1\"}\n", isText: true)
        #expect(text.kind == .text && text.said == ["{\"B\": \"1\"}"] && text.field("B") == nil)
    }

    @Test(
        "what cannot be kept is refused, and not repeated",
        arguments: [
            "", "\n", "{", "{}", "{\"hunter\": 2}", "{\"hunter2\": null}", "{\"A\": [\"hunter2\"]}",
            "{\"A\": \"hunter2\"",
            "{\"A\": \"hunter2\"} x", "{\"\": \"hunter2\"}", "{\"a b\": \"hunter2\"}", "hunter2\u{0}",
            "{\"A\": \"hunter2\\u0000\"}", "{\"A\": \"hunter2\", \"A\": \"1\"}", "{\"A\": \"hunter2\", \"B\": 1}",
            "{hunter2: \"A\"}", "{\"A\": \"\\uD800hunter2\"}",
        ])
    func refused(given: String) throws {
        let error = try #require(throws: MartletError.self) { try read(given) }
        #expect(error.code == .invalidInput && error.place == "here")
        #expect(!error.description.contains("hunter"), "\(error)")
    }

    @Test("64 KiB, and no byte more")
    func limit() throws {
        let most = String(repeating: "x", count: SecretValue.sizeLimit)
        #expect(try read(most + "\n").kind == .text)
        #expect(try #require(throws: MartletError.self) { try read(most + "x") }.code == .limit)
        let fields = "{\"A\":\"\(most.dropLast())\"}"
        #expect(try read(fields).kind == .fields)
        let longer = "{\"AB\":\"\(most.dropLast())\"}"
        #expect(try #require(throws: MartletError.self) { try read(longer) }.code == .limit)
    }

    @Test("128 fields, and no field more")
    func fieldLimit() throws {
        func object(_ count: Int) -> String {
            "{" + (0..<count).map { "\"f\($0)\":\"\"" }.joined(separator: ",") + "}"
        }
        let most = try read(object(SecretValue.fieldLimit))
        #expect(try SecretValue.decode(most.encoded(), kind: .fields).said.count == 2 * SecretValue.fieldLimit)
        let more = object(SecretValue.fieldLimit + 1)
        #expect(try #require(throws: MartletError.self) { try read(more) }.code == .limit)
    }

    @Test("opened bytes of another form are refused wherever they break off")
    func broken() throws {
        let whole = try read("{\"A\": \"1\", \"BB\": \"22\"}").encoded()
        for count in 0..<whole.count where count != 8 {
            #expect(throws: MartletError.self) { try SecretValue.decode(whole.part(0..<count), kind: .fields) }
        }
        let huge = try SecretBytes([0, 1, 65, 255, 255, 255, 255, 1])
        #expect(throws: MartletError.self) { try SecretValue.decode(huge, kind: .fields) }
    }

    @Test(
        "names",
        arguments: [("a", true), ("A.b_c-d/9", true), ("", false), ("a b", false), ("ä", false), ("a\n", false)])
    func names(text: String, isAllowed: Bool) {
        #expect(((try? SecretName(text)) != nil) == isAllowed)
    }

    @Test("a name of 128 letters, and no letter more; an error does not repeat it")
    func longName() throws {
        #expect(try SecretName(String(repeating: "n", count: 128)).text.count == 128)
        let error = try #require(throws: MartletError.self) { try SecretName(String(repeating: "n", count: 129)) }
        #expect(error.code == .usage && !error.message.contains("nnn"))
        for byte in UInt8.min...UInt8.max {
            let isAllowed = SecretName.isAllowed(byte)
            let expected = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/".utf8.contains(byte)
            #expect(isAllowed == expected, "\(byte)")
        }
    }
}
