import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// What a file is taken to have covered, and what is said of the rest.
@Suite("The road: scope")
struct ScopeTests {
    /// Two checks in two regions, one finding without a region and one in both.
    private static let before: [Statement] = [
        Statement(check: "c0", regions: ["r0"], uid: "a"), Statement(check: "c0", regions: ["r1"], uid: "b"),
        Statement(check: "c1", regions: ["r0"], uid: "c"), Statement(check: "c1", regions: ["r1"], uid: "d"),
        Statement(check: "c1", regions: [], uid: "e"), Statement(check: "c1", regions: ["r0", "r1"], uid: "f"),
    ]

    /// For each scope the uids that are gone after a scan that states c0 in r0 and c1 in r1 of another resource.
    static let cases: [(ImportScope, Set<String>)] = [
        (.observed, ["a", "d"]), (.matrix, ["a", "b", "c", "d", "f"]), (.full, ["a", "b", "c", "d", "e", "f"]),
    ]

    @Test("what is gone, what is outside, and what would close it", arguments: cases)
    func scopes(scope: ImportScope, gone: Set<String>) async throws {
        try await TestStore.with { test in
            try await test.run(Self.before, at: 1)
            let report = try await test.run(
                [Statement(check: "c0", regions: ["r0"], uid: "x"), Statement(check: "c1", regions: ["r1"], uid: "x")],
                at: 2, scope: scope)
            let open = Set(try await test.findings().map(\.resource.uid))
            #expect(open == Set(Self.before.map(\.uid)).subtracting(gone).union(["x"]))
            #expect(report.scan.counts.gone == Int64(gone.count) && report.scan.counts.resolved == Int64(gone.count))
            #expect(report.scan.counts.outside == Int64(6 - gone.count))
            #expect(report.scan.scope == scope.rawValue)
            let hint = report.hints.first ?? ""
            switch scope {
            case .full: #expect(report.hints.isEmpty)
            case .matrix: #expect(hint.contains("1 open finding") && hint.contains("--scope full"))
            case .observed: #expect(hint.contains("4 open findings") && hint.contains("--scope matrix"))
            }
        }
    }

    @Test("a check of which something could not be used closes nothing", arguments: ImportScope.allCases, ["c1", ""])
    func rejected(scope: ImportScope, check: String) async throws {
        try await TestStore.with { test in
            try await test.run(Self.before, at: 1)
            let rejection = Rejection(place: "line 1", field: "status", message: "unknown", check: check)
            let report = try await test.run(
                [Statement(check: "c0", regions: ["r0"], uid: "x"), Statement(check: "c1", regions: ["r1"], uid: "x")],
                at: 2, scope: scope, rejections: [rejection])
            let open = Set(try await test.findings().map(\.resource.uid))
            #expect(open.isSuperset(of: ["c", "d", "e", "f"]))
            #expect(open.contains("a") == check.isEmpty)
            #expect(report.scan.state == .completedWithGaps && report.hints.count == 1)
        }
    }

    @Test("one scanner does not close what another one says", arguments: ImportScope.allCases)
    func sources(scope: ImportScope) async throws {
        try await TestStore.with { test in
            try await test.run(Self.before, at: 1)
            var options = ImportOptions()
            options.scope = scope
            let other = MemorySource([Self.before[0]], at: 2, scanner: "other")
            let report = try #require(try await test.run(other, options).first)
            #expect(report.scan.counts.new == 1 && report.scan.counts.gone == 0 && report.scan.counts.outside == 0)
            #expect(report.scan.source == "other")
            let findings = try await test.findings()
            #expect(findings.count == 7 && Set(findings.map(\.source)) == ["prowler", "other"])
            #expect(Set(findings.map(\.fingerprint)).count == 7)
        }
    }

    @Test("several accounts in one source are one scan each")
    func accounts() async throws {
        try await TestStore.with { test in
            let keys = ["222", "111"].map { AccountKey(provider: ProviderSample.aws, uid: $0) }
            var batch = ObservationBatch()
            for (number, statement) in Self.before.enumerated() {
                batch.findings.append(statement.observation(at: 1, account: keys[number % 2]))
            }
            batch.accounts = [keys[0]: AccountDescription(name: "second", organization: "o", organizationName: "O")]
            let reports = try await test.run(MemorySource([batch, batch]))
            #expect(reports.map(\.scan.account.uid) == ["111", "222"])
            #expect(reports.map(\.scan.counts.new) == [3, 3] && reports.map(\.scan.counts.duplicates) == [3, 3])
            let names = try await test.store.read { try $0.accounts().map(\.name) }
            #expect(names == ["", "second"])
            // An import of one account leaves the other alone.
            let before = try await PostureDump.rows(test.store)["findings"]?.filter { $0.contains("\"c\"") }
            try await test.run([Statement(uid: "new")], at: 2, scope: .full)
            let uids = try await test.store.read { reader in
                var uids: [String] = []
                var filter = FindingFilter()
                filter.accounts = AccountFilter(accounts: ["222"])
                try reader.findings(filter) { uids.append($0.resource.uid) }
                return uids
            }
            #expect(before?.isEmpty == false && Set(uids) == ["a", "c", "e"])
        }
    }

    @Test("an older source is refused unless history is asked for")
    func stale() async throws {
        try await TestStore.with { test in
            try await test.run([Statement(uid: "a")], at: 1_000)
            let before = try await PostureDump.rows(test.store)
            let error = await expectError(.stale) { try await test.run([Statement(uid: "b")], at: 999) }
            #expect(error?.message.contains("--history") == true)
            PostureDump.expectEqual(try await PostureDump.rows(test.store), before, "refused")
            // What counts is the latest time of the source.
            let account = try Statement.account
            var batch = ObservationBatch()
            batch.findings = [
                Statement(uid: "b").observation(at: 1, account: account),
                Statement(uid: "c").observation(at: 1_000, account: account),
            ]
            try await test.run(MemorySource([batch]))
            var options = ImportOptions()
            options.history = true
            let report = try #require(
                try await test.run(MemorySource([Statement(uid: "b")], at: 5), options).first)
            #expect(report.scan.observedAt == Timestamp(milliseconds: 5))
        }
    }

    @Test("the latest time counts in whatever batch it comes", arguments: [1, 2])
    func latestTime(batchSize: Int) async throws {
        try await TestStore.with { test in
            try await test.run([Statement(uid: "a")], at: 1_000)
            let account = try Statement.account
            let said = [
                Statement(uid: "b").observation(at: 1, account: account),
                Statement(uid: "c").observation(at: 1_000, account: account),
            ]
            let batches = stride(from: 0, to: 2, by: batchSize).map { start in
                var batch = ObservationBatch()
                batch.findings = Array(said[start..<start + batchSize])
                return batch
            }
            #expect(try await test.run(MemorySource(batches)).count == 1)
        }
    }

    @Test("an empty source publishes nothing; one of rejections alone is an error")
    func empty() async throws {
        try await TestStore.with { test in
            let reports = try await test.run(MemorySource([]))
            #expect(reports.isEmpty)
            var batch = ObservationBatch()
            batch.rejections = [Rejection(place: "line 1", field: "", message: "not JSON")]
            await expectError(.invalidInput) { try await test.run(MemorySource([batch])) }
            let scans = try await test.store.read { try $0.scans() }
            #expect(scans.isEmpty)
        }
    }

    @Test("uids of any length and an empty one are kept; one name is not one resource")
    func identities() async throws {
        try await TestStore.with { test in
            let long = String(repeating: "x", count: 1_000_000)
            let statements = [
                Statement(uid: "", name: "n"), Statement(uid: long, name: "n"), Statement(uid: long + "y", name: "n"),
                Statement(uid: "u", name: "n"), Statement(uid: "u", name: "m"), Statement(uid: "U", name: "n"),
            ]
            let report = try await test.run(statements, at: 1, batch: 2)
            #expect(report.scan.counts.new == 6 && report.scan.resources == 5)
            let uids = Set(try await test.resources().map(\.resource.uid))
            #expect(uids == ["", long, long + "y", "u", "U"])
        }
    }
}
