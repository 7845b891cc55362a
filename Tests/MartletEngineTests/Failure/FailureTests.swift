import MartletCore
import MartletReference
import MartletStore
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletEngine

/// What goes wrong in the middle of a scan leaves what was published as it was.
@Suite("Failures")
struct FailureTests {
    private struct Broken: Error {}

    private static let before = [Statement(uid: "a"), Statement(uid: "b", status: .pass)]
    private static let after = (0..<30).map { Statement(check: "c\($0 % 3)", uid: "u\($0)", status: .pass) }

    /// Everything that readers can see of accounts and versions.
    private func visible(_ test: TestStore) async throws -> [String: [String]] {
        var dump = try await PostureDump.rows(test.store)
        dump["accounts"] = try await test.store.read { reader in
            try reader.accounts().map { "\($0.published) \($0.scan ?? "") \($0.postureVersion) \($0.summary.total)" }
        }
        return dump
    }

    @Test("a source that fails publishes nothing, and the next import works", arguments: [0, 1, 3], [false, true])
    func source(index: Int, known: Bool) async throws {
        try await TestStore.with { test in
            try await test.run(Self.before, at: 1)
            let before = try await self.visible(test)
            let source = MemorySource(Self.after, at: 2, batch: 10) { number in
                guard number == index else { return }
                if known { throw MartletError(.invalidInput, "The file ends in a finding.", place: "x.json") }
                throw Broken()
            }
            await expectError(known ? .invalidInput : .io) { try await test.run(source) }
            PostureDump.expectEqual(try await self.visible(test), before, "failed at \(index)")
            let scans = try await test.store.read { try $0.scans() }
            if index > 0 {
                #expect(scans.count == 2)
                let failed = try #require(scans.first { $0.state == .failed })
                #expect(failed.errorCode == (known ? "invalid_input" : "io"))
                #expect(failed.finishedAt != nil && failed.errorMessage?.isEmpty == false)
            }
            let lease = try await test.store.database.read { try $0.first("SELECT 1 FROM leases") { _ in true } }
            #expect(lease == nil)
            let report = try await test.run(Self.after, at: 3)
            #expect(report.scan.counts.new == 30 && report.scan.state == .completed)
            #expect(report.scan.generation == (index > 0 ? 3 : 2))
        }
    }

    @Test("after a failure the posture is that of a store where nothing failed")
    func undisturbed() async throws {
        var expected: [String: [String]] = [:]
        try await TestStore.with { test in
            // An empty failure takes the same generation.
            try await test.run(Self.before, at: 1)
            await expectError(.io) {
                try await test.run(MemorySource(Self.after, at: 2, batch: 1) { if $0 == 1 { throw Broken() } })
            }
            try await test.run(Self.after + Self.before, at: 3)
            expected = try await PostureDump.rows(test.store)
        }
        try await TestStore.with { test in
            try await test.run(Self.before, at: 1)
            await expectError(.io) {
                try await test.run(MemorySource(Self.after, at: 2, batch: 7) { if $0 == 4 { throw Broken() } })
            }
            try await test.run(Self.after + Self.before, at: 3)
            PostureDump.expectEqual(try await PostureDump.rows(test.store), expected, "disturbed")
        }
    }

    @Test("strict: the first unusable statement ends the import", arguments: [false, true])
    func strict(strict: Bool) async throws {
        try await TestStore.with { test in
            var options = ImportOptions()
            options.strict = strict
            let rejection = Rejection(place: "line 7", field: "status", message: "unknown", check: "c9")
            let source = MemorySource(Self.after, at: 1, batch: 10, rejections: [rejection])
            if strict {
                let error = await expectError(.invalidInput) { try await test.run(source, options) }
                #expect(error?.place == "line 7")
                #expect(try await test.findings().isEmpty)
            } else {
                let report = try #require(try await test.run(source, options).first)
                #expect(report.scan.state == .completedWithGaps)
                #expect(report.scan.counts.rejected == 1 && report.scan.counts.read == 31)
                #expect(report.rejections == [rejection] && report.scan.rejections == ["line 7: status: unknown"])
            }
        }
    }

    @Test("an error in a batch leaves no trace in memory", arguments: ["findings", "resources", "UPDATE leases"])
    func batch(statement: String) async throws {
        try await TestStore.with { test in
            try await test.run(Self.before, at: 1)
            let database = FailingDatabase(test.store.database)
            let store = try await Store.open(database: database, url: "test:x", tenant: "default")
            let claimer = AccountClaimer(store: store, worker: .current(), options: ImportOptions())
            let key = try Statement.account
            let claim = try #require(try await claimer.claim(key, source: "prowler", origin: "test"))
            let session = IngestSession(
                store: store, key: key, sourceName: "prowler", leaseMilliseconds: 7_000, claim: claim)
            var preparer = BatchPreparer(source: "prowler", account: key)
            let said = (Self.before + Self.after).map { $0.observation(at: 2, account: key) }
            let prepared = try preparer.prepare(said + said)
            database.fail(at: statement)
            await expectError(.io) { try await session.ingest(prepared) }
            let (seen, pairs, read) = session.memory.withLock { ($0.seenFindings.count, $0.pairs.count, $0.read) }
            #expect(seen == 0 && pairs == 0 && read == 0)
            let rows = try await test.store.database.read {
                try $0.first("SELECT COUNT(*) FROM findings WHERE opened_in > 1") { $0.int(0) }
            }
            #expect(rows == 0)
            database.fail(at: nil)
            try await session.ingest(prepared)
            let (again, replaced, duplicates) = session.memory.withLock {
                ($0.seenFindings.count, $0.replacedFindings.count, $0.duplicates)
            }
            #expect(again == 2 && replaced == 0 && duplicates == 32)
        }
    }

    @Test(
        "an error in publish leaves the old posture", arguments: ["UPDATE accounts SET published", "compliance_rows"])
    func publish(statement: String) async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            try await test.run(Self.before, at: 1)
            let before = try await self.visible(test)
            let database = FailingDatabase(test.store.database)
            let store = try await Store.open(database: database, url: "test:x", tenant: "default")
            database.fail(at: statement)
            await expectError(.io) {
                _ = try await Importer(store: store).run(
                    source: MemorySource(Self.after, at: 2), origin: "test", options: ImportOptions())
            }
            PostureDump.expectEqual(try await self.visible(test), before, statement)
            let failed = try await test.store.read { try $0.scans() }.first { $0.state == .failed }
            #expect(failed?.errorCode == "io")
        }
    }

    @Test("the counts guard fires when a row is missing, and never for duplicates")
    func reconcile() async throws {
        try await TestStore.with { test in
            try await test.run(Self.before, at: 1)
            let before = try await self.visible(test)
            let store = test.store
            let deleting = MemorySource(Self.after, at: 2, batch: 10) { index in
                // The batch before is in the store when this one is asked for; take one of its rows away.
                guard index == 2 else { return }
                for _ in 0..<1_000 {
                    let removed = try await store.database.write { connection in
                        try connection.execute(
                            "DELETE FROM findings WHERE id = (SELECT MAX(id) FROM findings WHERE opened_in = 2)")
                    }
                    if removed > 0 { return }
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            let error = await expectError(.database) { try await test.run(deleting) }
            #expect(error?.message.contains("30 findings were read and 29") == true)
            PostureDump.expectEqual(try await self.visible(test), before, "after the guard")
            let report = try await test.run(Self.after + Self.after + Self.before, at: 3, batch: 7)
            #expect(report.scan.counts.duplicates == 30)
        }
    }
}
