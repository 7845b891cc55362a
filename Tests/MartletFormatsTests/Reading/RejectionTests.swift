import MartletCore
import Testing

@testable import MartletFormats

/// One unusable finding between two good ones: it is rejected with its place and field, the others are read.
struct RejectionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var old: String
        var new: String
        var field: String
        var message: String
        var testDescription: String { name }

        init(_ name: String, _ old: String, _ new: String, field: String, _ message: String) {
            (self.name, self.old, self.new, self.field, self.message) = (name, old, new, field, message)
        }
    }

    static let cases = [
        Case("class", "2004", "2003", field: "/class_uid", "2004"),
        Case("class type", "2004", "\"2004\"", field: "/class_uid", "expected a whole number, found text"),
        Case("no class", #""class_uid":2004,"#, "", field: "/class_uid", "missing"),
        Case("no status", #""status_code":"FAIL","#, "", field: "/status_code", "missing"),
        Case("status", #""status_code":"FAIL""#, #""status_code":"BROKEN""#, field: "/status_code", "BROKEN"),
        Case(
            "status type", #""status_code":"FAIL""#, #""status_code":7"#, field: "/status_code",
            "expected text, found a number"),
        Case("no check", "vault_door_locked", "", field: "/metadata/event_code", "missing"),
        Case("no account", "200000000001", "", field: "/cloud/account/uid", "missing"),
        Case("no provider", #""provider":"aws","#, "", field: "/unmapped/provider", "missing"),
        Case(
            "provider", #""provider":"aws""#, #""provider":"moonbase""#, field: "/unmapped/provider",
            "\"moonbase\" is unknown; known are alibabacloud, aws"),
        Case("no severity", #""severity_id":4,"severity":"High","#, "", field: "/severity", "missing"),
        Case("severity", #""High""#, #""Dire""#, field: "/severity", "Dire"),
        Case("severity id", #""severity_id":4,"severity":"High""#, #""severity_id":99"#, field: "/severity_id", "99"),
        Case(
            "object expected",
            #""metadata":{"event_code":"vault_door_locked","product":{"uid":"Prowler","name":"Prowler"}}"#,
            #""metadata":[]"#, field: "/metadata", "expected an object, found an array"),
        Case("resource type", #"[{"uid""#, #"[4,{"uid""#, field: "/resources/0", "expected an object"),
        Case(
            "deep field", #""uid":"arn:aws:vault:::door/7""#, #""uid":true"#, field: "/resources/0/uid",
            "expected text, found true or false"),
        Case("label type", #""lonely""#, "7", field: "/resources/0/labels/2", "expected text"),
        Case(
            "region type", #""region":"eu-west-1""#, #""region":{}"#, field: "/resources/0/region", "text or an array"),
        Case(
            "list type", #""categories":["doors"]"#, #""categories":"doors""#, field: "/unmapped/categories",
            "array of texts"),
        Case("compliance type", #"["1.1","1.2"]"#, #""1.1""#, field: "/unmapped/compliance", "arrays of texts"),
        Case(
            "duplicate", #""class_uid":2004"#, #""class_uid":2004,"class_uid":2004"#, field: "/class_uid",
            "more than once"),
        Case(
            "duplicate below", #""name":"Harbour""#, #""name":"Harbour","name":"H""#, field: "/cloud/account/name",
            "more than once"),
        Case(
            "duplicate in data", #""a":"x""#, #""a":"x","b":2"#, field: "/resources/0/data/metadata/b", "more than once"
        ),
        Case(
            "duplicate framework", #""CIS-9.9":"#, #""CIS-9.9":[],"CIS-9.9":"#, field: "/unmapped/compliance/CIS-9.9",
            "more than once"),
        Case("NUL", "door-7", #"do\u0000or"#, field: "/resources/0/name", "U+0000"),
        Case("NUL where nobody reads", #""scan_id":"s-1""#, #""a/b~":"\\\u0000""#, field: "/unmapped/a~1b~0", "U+0000"),
        Case("NUL in a key", #""scan_id":"#, #""\u0000":"#, field: "/unmapped/?", "U+0000"),
        Case("no time", #""time":1790000000,"time_dt":"2026-09-21T14:13:20.250","#, "", field: "", ""),
        Case(
            "time text", #""created_time":1790000000"#, #""created_time_dt":"2026-13-01T00:00:00""#,
            field: "/finding_info/created_time_dt", "RFC 3339"),
        Case(
            "time range", #""created_time":1790000000"#, #""created_time":1e300"#, field: "/finding_info/created_time",
            "years 1 to 9999"),
        Case(
            "time type", #""created_time":1790000000"#, #""created_time":"x""#, field: "/finding_info/created_time",
            "expected a number"),
        Case(
            "failing since", #""notes":"""#, #""martlet":{"failing_since":"soon"}"#,
            field: "/unmapped/martlet/failing_since", "soon"),
        Case("cut off", #","scan_id":"s-1"}}"#, "", field: "", "malformed or cut off"),
        Case("not JSON", #""class_uid":2004"#, #""class_uid":twothousand"#, field: "", "malformed"),
        Case("control character", "door-7", "do\u{1}or", field: "", "control character"),
        Case("lone surrogate", "door-7", #"\ud800"#, field: "", "escape"),
        Case("other scanner", #""uid":"Prowler""#, #""uid":"Osprey""#, field: "/metadata/product/uid", "\"Osprey\""),
    ]

    @Test(arguments: cases)
    func rejected(_ example: Case) async throws {
        var bad = Fixture.finding((example.old, example.new))
        if example.name == "no time" { bad = bad.replacing(#""created_time":1790000000,"#, with: "") }
        try #require(bad != Fixture.finding())
        let good = Fixture.finding()
        let lines = try await Fixture.read([good, bad, good].joined(separator: "\n"))
        #expect(lines.error == nil)
        #expect(lines.findings.count == 2)
        let rejection = try #require(lines.rejections.first)
        #expect(lines.rejections.count == 1)
        #expect(rejection.place == "f: line 2")
        #expect(rejection.field == (example.name == "no time" ? "/time" : example.field))
        #expect(rejection.message.contains(example.message) || example.message.isEmpty, "\(rejection.message)")
        // What is cut off inside an array has no end that could be found.
        guard example.name != "cut off" else { return }
        let array = try await Fixture.read("[\n" + [good, bad, good].joined(separator: ",\n") + "\n]\n")
        #expect(array.error == nil)
        #expect(array.findings.count == 2)
        #expect(array.rejections.map(\.field) == [rejection.field])
        #expect(array.rejections.map(\.place) == ["f: element 2"])
    }

    @Test func invalidUTF8() async throws {
        var bad = Array(Fixture.finding().utf8)
        let position = try #require(bad.firstIndex(of: UInt8(ascii: "7")))
        bad[position] = 0xFF
        let outcome = try await Fixture.read(bad + [0x0A] + Array(Fixture.finding().utf8))
        #expect(outcome.findings.count == 1)
        #expect(
            outcome.rejections == [Rejection(place: "f: line 1", field: "", message: "the bytes are not valid UTF-8")])
    }

    @Test(arguments: ["[", "{\"a\":"])
    func deepNesting(opening: String) async throws {
        let deep = String(repeating: opening, count: 100_000)
        let closing =
            opening == "[" ? String(repeating: "]", count: 100_000) : "1" + String(repeating: "}", count: 100_000)
        let bad = Fixture.finding((#"{"metadata":{"b":1.0,"a":"x"},"details":""}"#, deep + closing))
        for text in [bad + "\n" + Fixture.finding(), "[" + bad + "," + Fixture.finding() + "]"] {
            let outcome = try await Fixture.read(text)
            #expect(outcome.findings.count == 1)
            #expect(outcome.rejections.map(\.message) == ["objects or arrays are nested deeper than 1024 levels"])
        }
    }

    @Test func deepestAllowedNestingIsCanonical() async throws {
        let data = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
        let text = Fixture.finding((#"{"metadata":{"b":1.0,"a":"x"},"details":""}"#, data))
        #expect(try await Fixture.read(text).findings.map(\.resource.data) == [data])
    }

    @Test func tooManyResources() async throws {
        let many = String(repeating: "{},", count: 10_000)
        let outcome = try await Fixture.read(Fixture.finding((#""resources":["#, #""resources":["# + many)))
        #expect(outcome.findings.isEmpty)
        #expect(outcome.rejections.map(\.field) == ["/resources/10000"])
    }

    @Test func findingsWithoutAProduct() async throws {
        let nameless = Fixture.finding((#","product":{"uid":"Prowler","name":"Prowler"}"#, ""))
        let first = try await Fixture.read(nameless)
        #expect(first.scanner == "ocsf")
        let later = try await Fixture.read(Fixture.finding() + "\n" + nameless)
        #expect(later.scanner == "prowler")
        #expect(later.findings.count == 2)
    }
}
