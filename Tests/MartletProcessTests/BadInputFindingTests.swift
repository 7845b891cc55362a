import Foundation
import Testing

/// Files in which one statement cannot be used: it is rejected, counted and listed with its place and field, the rest
/// counts; with `--strict` nothing does.
struct BadInputFindingTests {
    private let bad: BadInput

    init() throws { bad = try BadInput() }

    /// A scan of two statements; the second is bad.
    private func expectRejection(
        _ name: String, _ bytes: Data, _ place: String, _ words: String...,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let file = try bad.write(bytes, name)
        try bad.expectFailure(
            ["import", file, "--strict"], ["\(name): \(place): "] + words, name, at: location)
        let store = try bad.copy()
        let result = try store.run(["import", file, "-o", "json"])
        #expect(result.code == 0, "\(name): \(result.errors)", sourceLocation: location)
        #expect(result.errors.contains("1 finding rejected"), "\(name): \(result.errors)", sourceLocation: location)
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], sourceLocation: location
        )
        #expect(report["state"] as? String == "completed_with_gaps", "\(name)", sourceLocation: location)
        let counts = report["findings"] as? [String: Int] ?? [:]
        #expect(
            counts["read"] == 2 && counts["rejected"] == 1 && counts["new"] == 1, "\(name)", sourceLocation: location)
        // What could not be read may have been about what is open: nothing is gone.
        #expect(counts["gone"] == 0 && counts["outside"] == 1, "\(name)", sourceLocation: location)
        let listed = (report["rejections"] as? [String] ?? []).joined()
        for word in [place] + words { #expect(listed.contains(word), "\(name): \(listed)", sourceLocation: location) }
        let findings = try store.succeed(["findings", "-o", "ndjson"]).split(separator: "\n")
        #expect(findings.count == 2, "\(name)", sourceLocation: location)
    }

    private static func other() throws -> String {
        try BadInput.line(CommandLineScan.Statement(uid: "arn:aws:s3:::lane", name: "lane"))
    }

    private func expectLine(
        _ name: String, _ line: String, _ words: String, at location: SourceLocation = #_sourceLocation
    ) throws {
        let bytes = Data("\(try Self.other())\n\(line)\n".utf8)
        try expectRejection(name, bytes, "line 2", words, at: location)
    }

    @Test func wrongTypes() throws {
        for (name, text, other, words) in [
            ("status", #""status_code":"FAIL""#, #""status_code":7"#, "/status_code: expected text, found a number"),
            ("severity", #""severity":"High""#, #""severity":[]"#, "/severity: "),
            (
                "metadata", #""metadata":{"#, #""metadata":[],"other":{"#,
                "/metadata: expected an object, found an array"
            ),
            ("labels", #"["env:prod"]"#, "[1]", "/resources/0/labels/0: expected text, found a number"),
            ("region", #""region":"eu-west-1""#, #""region":5"#, "/resources/0/region: "),
            ("resources", #""resources":["#, #""resources":7,"other":["#, "/resources: expected an array"),
            ("resource", #""resources":["#, #""resources":[null,"#, "/resources/0: expected an object, found null"),
            ("account", #""cloud":{"#, #""cloud":"x","other":{"#, "/cloud: "),
            ("class", #""class_uid":2004"#, #""class_uid":"2004""#, "/class_uid: "),
        ] {
            try expectLine(name, try BadInput.line(replacing: text, by: other), words)
        }
    }

    @Test func wrongValues() throws {
        for (name, text, other, words) in [
            ("status", #""FAIL""#, #""BROKEN""#, #"/status_code: expected FAIL, MANUAL or PASS, found "BROKEN""#),
            ("severity", #""High""#, #""Huge""#, "/severity: expected Informational"),
            ("time", "2026-09-01T06:00:00.250Z", "yesterday", "expected an RFC 3339 time, found \"yesterday\""),
            ("provider", #""provider":"aws""#, #""provider":"nimbus""#, #"provider "nimbus" is unknown; known are"#),
            ("class", "2004", "3001", "/class_uid: only class 2004"),
            ("check", #""event_code":"#, #""other":"#, "/metadata/event_code: the check's id is missing"),
            ("product", #""uid":"prowler""#, #""uid":"other""#, "/metadata/product/uid: "),
            ("number", #""class_uid":2004"#, #""class_uid":2004,"time":1e999"#, "out of range"),
        ] {
            try expectLine(name, try BadInput.line(replacing: text, by: other), words)
        }
        try expectLine(
            "account", try BadInput.line(replacing: "210987654321", by: ""), "/cloud/account/uid: the account's id")
    }

    @Test func brokenText() throws {
        let line = try BadInput.line()
        try expectLine("words", "hello", "malformed")
        try expectLine("behind", line + " x", "malformed")
        try expectLine("array", "[\(line)]", "expected an object, found an array")
        try expectLine("escape", try BadInput.line(replacing: "is open.", by: #"is \ud800."#), "invalid escape")
        try expectLine("nul", try BadInput.line(replacing: "is open.", by: #"is \u0000."#), "U+0000 is not allowed")
        try expectLine(
            "nul in uid", try BadInput.line(replacing: "arn:aws:s3:::orchard", by: #"arn\u0000"#),
            "/resources/0/uid: the character U+0000")
        try expectLine("raw nul", try BadInput.line(replacing: "is open.", by: "is \0."), "control character")
        let deep = String(repeating: "[", count: 200_000)
        try expectLine("deep", "{\"a\":\(deep)\(String(repeating: "]", count: 200_000))}", "nested deeper than")
        try expectLine("deep and open", "{\"a\":\(deep)", "malformed")
        let head = "\(try Self.other())\n".utf8
        let parts = try BadInput.line(replacing: "is open.", by: "\u{1}").utf8.split(separator: 1)
        try expectRejection("utf8", Data(head) + Data(parts.joined(separator: [0xC3, 0x28])), "line 2", "UTF-8")
    }

    @Test func keysThatStandTwice() throws {
        try expectLine(
            "status",
            try BadInput.line(replacing: #""status_code":"FAIL""#, by: #""status_code":"FAIL","status_code":"PASS""#),
            "/status_code: the key stands more than once")
        try expectLine(
            "uid", try BadInput.line(replacing: #""uid":"arn:aws:s3:::orchard""#, by: #""uid":"x","uid":"y""#),
            "/resources/0/uid: the key stands more than once")
    }

    @Test func elementOfAnArray() throws {
        let broken = try BadInput.line(replacing: #""FAIL""#, by: #""BROKEN""#)
        let bytes = Data("[\n\(try Self.other()),\n\(broken)\n]\n".utf8)
        try expectRejection("array", bytes, "element 2", "/status_code: ")
        // The same compressed.
        let packed = try Gzip.compress(try bad.write(bytes, "plain"))
        try expectRejection("array.gz", packed, "element 2", "/status_code: ")
        let number = Data("[\n\(try Self.other()),\n17\n]\n".utf8)
        try expectRejection("number", number, "element 2", "expected an object, found a number")
    }

    @Test func rowsOfATable() throws {
        let header = "TIMESTAMP;ACCOUNT_UID;PROVIDER;CHECK_ID;STATUS;SEVERITY;RESOURCE_UID;RESOURCE_NAME;REGION"
        let row = "2026-10-01T06:00:00Z;210987654321;aws;s3_bucket_x;FAIL;high;arn:1;name;eu-west-1"
        func expectRow(_ name: String, _ text: String, _ other: String, _ words: String) throws {
            let second = row.replacingOccurrences(of: text, with: other)
            try #require(second != row)
            try expectRejection(name + ".csv", Data("\(header)\n\(row)\n\(second)\n".utf8), "line 3", words)
        }
        try expectRow("short", ";high;arn:1;name;eu-west-1", "", "the row has 5 columns, but the header has 9")
        try expectRow("status", "FAIL", "Q", "STATUS: expected FAIL, MANUAL or PASS, found \"Q\"")
        try expectRow("severity", "high", "huge", "SEVERITY: ")
        try expectRow("time", "2026-10-01T06", "now", "TIMESTAMP: expected a time")
        try expectRow("provider", "aws", "nimbus", "PROVIDER: the provider \"nimbus\" is unknown")
        try expectRow("quote", "arn:1", "\"arn\"x", "text after the closing quote")
        try expectRow("nul", "arn:1", "arn\0", "U+0000")
        let bytes = Data("\(header)\n\(row)\n".utf8) + Data(row.utf8).dropLast(9) + Data([0xFF, 0x0A])
        try expectRejection("utf8.csv", bytes, "line 3", "UTF-8")
    }

    @Test func onlyRejections() throws {
        let broken = try BadInput.line(replacing: #""FAIL""#, by: #""BROKEN""#)
        let file = try bad.write(Data("\(broken)\n\(broken)\n".utf8), "all")
        try bad.expectFailure(["import", file], ["findings rejected: 2", "all: line 1: /status_code: "])
    }

    /// However many cannot be used, the list is short and the count exact.
    @Test func listOfRejectionsIsCapped() throws {
        let broken = try BadInput.line(replacing: #""FAIL""#, by: #""BROKEN""#) + "\n"
        let text = try Self.other() + "\n" + String(repeating: broken, count: 5_000)
        let file = try bad.write(Data(text.utf8), "many")
        let result = try bad.copy().run(["import", file, "-o", "json"])
        #expect(result.code == 0)
        #expect(result.errors.contains("5,000 findings rejected"))
        let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect((report?["findings"] as? [String: Int])?["rejected"] == 5_000)
        #expect((report?["rejections"] as? [String])?.count == 100)
    }
}
