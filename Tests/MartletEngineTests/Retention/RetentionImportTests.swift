import MartletCore
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// Imports prune behind themselves, and are never the worse for it.
@Suite("Retention: imports")
struct RetentionImportTests {
    private static func statements(_ scan: Int) -> [Statement] {
        (0..<30).map { Statement(check: "c\($0 % 3)", uid: "u\($0)", detail: "\(scan)") }
    }

    private func closed(_ store: Store) async throws -> Int64 {
        try await store.database.read { connection in
            try connection.first("SELECT COUNT(*) FROM findings WHERE closed_in IS NOT NULL") { $0.int(0) } ?? -1
        }
    }

    @Test("an import removes what the rule no longer keeps; without a rule nothing is touched")
    func tidy() async throws {
        try await TestStore.with { test in
            for scan in 0..<3 { try await test.run(Self.statements(scan), at: Int64(scan)) }
            #expect(try await self.closed(test.store) == 60)
            try await Retention(store: test.store).setRule(RetentionRule(keepScans: 2))
            #expect(try await self.closed(test.store) == 60)
            try await test.run(Self.statements(3), at: 3)
            // Versions that ended in the oldest readable scan are shown there.
            #expect(try await self.closed(test.store) == 60)
            let row = try await test.store.read { try $0.retention() }
            #expect(row.accounts.first?.readable == 2 && row.accounts.first?.unfinished == false)
            // A rule that is taken back brings nothing back, and nothing more goes.
            try await Retention(store: test.store).setRule(RetentionRule())
            try await test.run(Self.statements(4), at: 4)
            #expect(try await self.closed(test.store) == 90)
            let later = try await test.store.read { try $0.retention() }
            #expect(later.accounts.first?.readable == 3 && later.accounts.first?.scans == 5)
        }
    }

    @Test(
        "statements that fail while pruning do not fail the import",
        arguments: [
            "DELETE FROM findings", "SET horizon", "SET pruned", "DELETE FROM coverage",
        ])
    func failure(at statement: String) async throws {
        try await TestStore.with { test in
            let database = FailingDatabase(test.store.database)
            let store = try await Store.open(database: database, url: test.store.url, tenant: test.store.tenantName)
            try await Retention(store: store).setRule(RetentionRule(keepScans: 1))
            for scan in 0..<4 {
                database.fail(at: scan == 2 ? statement : nil)
                let source = MemorySource(Self.statements(scan), at: Int64(scan))
                let reports = try await Importer(store: store).run(
                    source: source, origin: "t", options: ImportOptions())
                let report = try #require(reports.first)
                #expect(report.scan.state == .completed && report.summary.total == 30)
                let isTold = report.hints.contains { $0.contains("retention run") && $0.contains("disk is full") }
                // A table where nothing is to be removed is asked all the same.
                #expect(isTold == (scan == 2), "\(report.hints)")
            }
            let row = try await test.store.read { try $0.retention() }
            #expect(row.accounts.first?.readable == 1 && row.accounts.first?.unfinished == false)
            #expect(try await self.closed(test.store) == 30)
        }
    }

    @Test("an account that is being scanned is left alone")
    func busy() async throws {
        try await TestStore.with { test in
            for scan in 0..<3 { try await test.run(Self.statements(scan), at: Int64(scan)) }
            let retention = Retention(store: test.store)
            try await retention.setRule(RetentionRule(keepScans: 1))
            let recorded = Recorded<RetentionReport>()
            // The hook runs once the first batches are written, with the lease held.
            let source = MemorySource(Self.statements(3), at: 3, batch: 5) { index in
                guard index == 4 else { return }
                recorded.set(try await retention.run())
            }
            try await test.run(source)
            let report = try #require(recorded.value?.accounts.first)
            #expect(report.state == .busy && report.removed.isEmpty && report.forgotten == 0 && report.readable == 3)
            let row = try await test.store.read { try $0.retention() }
            #expect(row.accounts.first?.readable == 1)
        }
    }

    @Test("a task that is cancelled stops between two batches, and the next one goes on")
    func cancelled() async throws {
        try await TestStore.with { test in
            for scan in 0..<3 { try await test.run(Self.statements(scan), at: Int64(scan)) }
            let retention = Retention(store: test.store)
            try await retention.setRule(RetentionRule(keepScans: 1))
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await retention.run()
            }
            let report = try #require(try await task.value.accounts.first)
            #expect(report.state == .partial && report.removed.isEmpty)
            let row = try await test.store.read { try $0.retention() }
            #expect(row.accounts.first?.readable == 1 && row.accounts.first?.unfinished == true)
            #expect(try await retention.run().accounts.first?.state == .done)
            #expect(try await self.closed(test.store) == 30)
        }
    }

    @Test("without the scan before there is nothing to compare the published one with")
    func diffOfTheTwoNewest() async throws {
        try await TestStore.with { test in
            try await Retention(store: test.store).setRule(RetentionRule(keepScans: 1))
            try await test.run(Self.statements(0), at: 0)
            let first = try await test.store.read { try $0.diff(from: nil, to: nil, account: AccountFilter()) { _ in } }
            #expect(first.pairs.count == 1)
            try await test.run(Self.statements(1), at: 1)
            await expectError(.notFound) {
                _ = try await test.store.read { try $0.diff(from: nil, to: nil, account: AccountFilter()) { _ in } }
            }
        }
    }

    @Test("numbers that make no sense are refused", arguments: [0, -1, RetentionRule.maximum + 1])
    func refused(number: Int64) async throws {
        try await TestStore.with { test in
            let retention = Retention(store: test.store)
            await expectError(.usage) { try await retention.setRule(RetentionRule(keepScans: number)) }
            await expectError(.usage) { try await retention.setRule(RetentionRule(keepDays: number)) }
            let row = try await test.store.read { try $0.retention() }
            #expect(row.rule.keepsEverything)
        }
    }

    @Test("the slice after an import grows with what it wrote and bears any count")
    func slice() async throws {
        try await TestStore.with { test in
            var scan = try await test.run(Self.statements(0), at: 0).scan
            let small = Retention.slice(scan)
            scan.counts.updated += 1_000_000
            #expect(Retention.slice(scan) >= small + 2_000_000)
            scan.counts.updated = .max - 30
            scan.complianceRows = .max
            #expect(Retention.slice(scan) > small)
        }
    }
}
