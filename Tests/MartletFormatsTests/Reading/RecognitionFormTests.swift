import MartletCore
import MartletFormats
import Testing

/// Which statements are the same statement.
@Suite("Recognising OCSF statements")
struct RecognitionFormTests {
    private static let plain = """
        {"class_uid":2004,"metadata":{"event_code":"c","product":{"uid":"prowler"}},"severity":"Low","status_code":"PASS",\
        "status_detail":"d","time":1700000000,"time_dt":"2023-11-14T22:13:20Z","finding_info":{"title":"t",\
        "created_time":1700000000,"created_time_dt":"2023-11-14T22:13:20Z"},"cloud":{"account":{"uid":"1"}},\
        "resources":[{"uid":"u","name":"n","region":"r","data":{"time":1,"created_time":2,"scan_id":"a"}}],\
        "unmapped":{"provider":"aws","scan_id":"run-1"}}
        """

    /// The hash under which a statement is kept.
    private func hash(_ text: String, key: [UInt64] = [1, 2, 3, 4]) async throws -> UInt64 {
        let reader = try ScanFileReader(bytes: Array(text.utf8))
        await reader.recognise(KnownStatements(key: key))
        let batch = try await reader.next()
        #expect(batch?.rejections == [], "\(text)")
        return try #require(batch?.findings.first).statement
    }

    private func changed(_ from: String, _ to: String) -> String { Self.plain.replacing(from, with: to) }

    @Test(
        "when and in which run it was said makes no difference",
        arguments: [
            (
                #""time":1700000000,"time_dt":"2023-11-14T22:13:20Z""#,
                #""time":1800000000,"time_dt":"2027-01-15T08:00:00Z""#
            ),
            (#""created_time":1700000000,"#, #""created_time":1700000001,"#),
            (#""created_time_dt":"2023-11-14T22:13:20Z""#, #""created_time_dt":"2024-11-14T22:13:20.5Z""#),
            ("run-1", "another-run"),
        ])
    func volatileMembers(from: String, to: String) async throws {
        let other = changed(from, to)
        try #require(other != Self.plain)
        #expect(try await hash(other) == hash(Self.plain))
    }

    @Test(
        "every other word does, the same names further down too",
        arguments: [
            (#""PASS""#, #""FAIL""#), (#""status_detail":"d""#, #""status_detail":"e""#),
            (#""uid":"u""#, #""uid":"v""#),
            (#"{"time":1,"#, #"{"time":2,"#), (#""created_time":2,"#, #""created_time":3,"#),
            (#""scan_id":"a""#, #""scan_id":"b""#),
            (#""provider":"aws""#, #""provider":"gcp""#), (#""title":"t""#, #""title":"t","desc":"""#),
            (#""region":"r""#, #""region":["r"]"#), (#""data":{"time":1"#, #""data":{"time":1.0"#),
            (#""name":"n""#, #""name":null"#), (#""time":1,"created_time":2"#, #""created_time":2,"time":1"#),
        ])
    func otherMembers(from: String, to: String) async throws {
        let other = changed(from, to)
        try #require(other != Self.plain)
        #expect(try await hash(other) != hash(Self.plain))
    }

    @Test("another key gives another hash")
    func keyed() async throws {
        #expect(try await hash(Self.plain, key: [1, 2, 3, 5]) != hash(Self.plain))
    }

    @Test(
        "what leaves a doubt is read every time",
        arguments: [
            (#""created_time_dt":"2023-11-14T22:13:20Z""#, #""created_time_dt":null"#),
            (#","created_time_dt":"2023-11-14T22:13:20Z""#, ""), (#""scan_id":"run-1""#, #""scan_id":7"#),
            (#"{"uid":"u","name":"n""#, #"{"uid":"w","name":"w"},{"uid":"u","name":"n""#),
        ])
    func doubtful(from: String, to: String) async throws {
        let other = changed(from, to)
        try #require(other != Self.plain)
        #expect(try await hash(other) == 0)
    }

    @Test("without being asked nothing is hashed")
    func notAsked() async throws {
        let reader = try ScanFileReader(bytes: Array(Self.plain.utf8))
        #expect(try await reader.next()?.findings.first?.statement == 0)
    }

    @Test("a known statement is recognised with its new time; its neighbours are read")
    func recognised() async throws {
        var known = KnownStatements(key: [1, 2, 3, 4])
        let entry = try #require(KnownStatements.Entry(account: 0, check: 7, regions: 6, finding: 8, resource: 9))
        known.insert(try await hash(Self.plain), entry)
        let later = changed(#""created_time_dt":"2023-11-14T22:13:20Z""#, #""created_time_dt":"2024-01-01T00:00:00Z""#)
        let reader = try ScanFileReader(
            bytes: Array([later, changed(#""PASS""#, #""FAIL""#), "{", later].joined(separator: "\n").utf8))
        await reader.recognise(known)
        let batch = try #require(try await reader.next())
        let time = try #require(Timestamp(rfc3339: "2024-01-01T00:00:00Z"))
        #expect(batch.recognised == [.init(known: entry, observedAt: time), .init(known: entry, observedAt: time)])
        #expect(batch.findings.map(\.status) == [.fail])
        #expect(batch.rejections.count == 1)
    }
}
