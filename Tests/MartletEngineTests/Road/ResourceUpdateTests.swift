import MartletCore
import MartletFormats
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// When a resource counts as changed: its own fields and the set of its tags decide, nothing else.
@Suite("The road: when a resource changes")
struct ResourceUpdateTests {
    private static let tags = [Tag(key: "a", value: "1"), Tag(key: "b", value: "2"), Tag(key: "b", value: "3")]

    /// What the second scan says of a resource that the first one showed with ``tags``.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var moves: Bool
        var change: @Sendable (inout FindingObservation) -> Void
    }

    static let cases = [
        Case(testDescription: "nothing", moves: false) { _ in },
        Case(testDescription: "the tags in another order", moves: false) { $0.resource.tags.reverse() },
        Case(testDescription: "a tag twice", moves: false) { $0.resource.tags.append($0.resource.tags[0]) },
        Case(testDescription: "another status of the finding", moves: false) { $0.status = .pass },
        Case(testDescription: "another detail and severity of the finding", moves: false) {
            $0.detail = "more"
            $0.severity = .critical
        },
        Case(testDescription: "a tag gained", moves: true) { $0.resource.tags.append(Tag(key: "c", value: "")) },
        Case(testDescription: "a tag removed", moves: true) { $0.resource.tags.removeLast() },
        Case(testDescription: "all tags removed", moves: true) { $0.resource.tags = [] },
        Case(testDescription: "one value changed", moves: true) {
            $0.resource.tags[2] = Tag(key: "b", value: "4")
        },
        Case(testDescription: "one key changed", moves: true) { $0.resource.tags[0] = Tag(key: "A", value: "1") },
        Case(testDescription: "another type", moves: true) { $0.resource.type = "U" },
        Case(testDescription: "other data", moves: true) { $0.resource.data = #"{"size":1}"# },
    ]

    /// Through a file, because a source gives tags in an order of its own.
    private static func scan(
        _ test: TestStore, at time: Int64, _ change: (inout FindingObservation) -> Void = { _ in }
    ) async throws {
        let account = try Statement.account
        var writer = OCSFWriter()
        for uid in ["changing", "calm"] {
            var observation = Statement(uid: uid, type: "T", tags: tags).observation(at: time, account: account)
            if uid == "changing" { change(&observation) }
            try writer.write(OCSFFinding(observation: observation, scanner: "prowler", fingerprint: "f", scan: "s"))
        }
        writer.finish()
        let reports = try await test.run(try ScanFileReader(bytes: writer.takeBytes(), options: ReadingOptions()))
        #expect(reports.first?.scan.counts.read == 2 && reports.first?.scan.counts.rejected == 0)
    }

    @Test("updated_at moves only when a field or the set of tags changed", arguments: cases)
    func moves(example: Case) async throws {
        try await TestStore.with { test in
            try await Self.scan(test, at: 1_700_000_000_000)
            try await Self.scan(test, at: 1_700_000_001_000)
            try await Self.scan(test, at: 1_700_000_002_000, example.change)
            let rows = try await test.resources()
            let calm = rows.first { $0.resource.uid == "calm" }
            let changing = rows.first { $0.resource.uid == "changing" }
            #expect(rows.count == 2)
            #expect(calm?.updatedAt.milliseconds == 1_700_000_000_000)
            #expect(changing?.updatedAt.milliseconds == (example.moves ? 1_700_000_002_000 : 1_700_000_000_000))
            #expect(changing?.firstSeenAt.milliseconds == 1_700_000_000_000)
            let versions = try await test.store.database.read {
                try $0.first("SELECT COUNT(*) FROM resources") { $0.int(0) }
            }
            #expect(versions == (example.moves ? 3 : 2))
        }
    }
}
