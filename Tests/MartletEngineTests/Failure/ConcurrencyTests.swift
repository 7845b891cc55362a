import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// Two imports of one account never overlap.
@Suite("Imports at the same time")
struct ConcurrencyTests {
    private static let said = (0..<20).map { Statement(uid: "u\($0)") }

    private func options(wait: Double) -> ImportOptions {
        var options = ImportOptions()
        options.waitSeconds = wait
        return options
    }

    @Test("without waiting the second one fails with the name of the holder")
    func conflict() async throws {
        try await TestStore.with { test in
            let second = try await test.openAgain()
            let impatient = self.options(wait: 0)
            let source = MemorySource(Self.said, at: 1, batch: 5) { index in
                guard index == 2 else { return }
                try await Self.untilClaimed(second)
                let error = await expectError(.conflict) {
                    _ = try await Importer(store: second).run(
                        source: MemorySource(Self.said, at: 2), origin: "second", options: impatient)
                }
                #expect(error?.message.contains(Worker.current().name) == true)
                #expect(error?.message.contains(Worker.current().host) == true)
            }
            let reports = try await test.run(source)
            #expect(reports.first?.scan.counts.new == 20)
            let scans = try await test.store.read { try $0.scans() }
            #expect(scans.map(\.state) == [.completed])
            await second.close()
        }
    }

    @Test("with waiting both succeed, one after the other")
    func waiting() async throws {
        try await TestStore.with { test in
            let second = try await test.openAgain()
            // Also on a machine whose threads are all taken by other tests.
            let patient = self.options(wait: 1_200)
            let states = try await withThrowingTaskGroup(of: ScanState?.self) { group in
                for store in [test.store, second] {
                    group.addTask {
                        let source = MemorySource(Self.said, at: 1, batch: 5) { _ in
                            try await Task.sleep(for: .milliseconds(30))
                        }
                        return try await Importer(store: store).run(source: source, origin: "x", options: patient)
                            .first?.scan.state
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(states == [.completed, .completed])
            let scans = try await test.store.read { try $0.scans() }
            #expect(Set(scans.map(\.generation)) == [1, 2])
            #expect(scans.map(\.counts.new).sorted() == [0, 20] && scans.map(\.counts.unchanged).sorted() == [0, 20])
            await second.close()
        }
    }

    @Test("two accounts do not wait for one another")
    func accounts() async throws {
        try await TestStore.with { test in
            let other = AccountKey(provider: ProviderSample.aws, uid: "222")
            let impatient = self.options(wait: 0)
            let store = test.store
            let source = MemorySource(Self.said, at: 1, batch: 5) { index in
                guard index == 2 else { return }
                let reports = try await Importer(store: store).run(
                    source: MemorySource(Self.said, at: 2, account: other), origin: "second", options: impatient)
                #expect(reports.first?.scan.counts.new == 20)
            }
            let found = try await test.run(source).first?.scan.counts.new
            #expect(found == 20)
        }
    }

    @Test("after a lost lease nothing is written any more", arguments: [1, 3, 4])
    func lostLease(index: Int) async throws {
        try await TestStore.with { test in
            try await test.run([Statement(uid: "before")], at: 1)
            let store = test.store
            let snapshot = Recorded<[String: [String]]>()
            let source = MemorySource(Self.said, at: 2, batch: 5) { number in
                guard number == index else { return }
                try await Self.untilClaimed(store)
                let lease = try await store.database.write { connection in
                    let account = AccountID(tenant: store.tenant, account: 1)
                    return try Leases.claim(
                        account, scan: "other", worker: Worker(name: "other", host: "elsewhere", pid: 1),
                        lifetime: 60_000, connection)
                }
                #expect(lease.token > 1)
                // A task of its own: the import that notices the loss gives up its source, and with it this hook.
                try await snapshot.set(Task { try await Self.everything(store) }.value)
            }
            await expectError(.leaseLost) { try await test.run(source) }
            // The import may have noticed before the hook has written everything down.
            let recorded = try #require(await snapshot.eventually())
            PostureDump.expectEqual(try await Self.everything(store), recorded, "lost before batch \(index)")
            let lease = try await store.database.read {
                try Leases.current(AccountID(tenant: store.tenant, account: 1), $0)
            }
            #expect(lease?.holder.name == "other")
            #expect(try await test.findings().map(\.resource.uid) == ["before"])
        }
    }

    /// The hook of a batch may run before the one before it has claimed the account.
    private static func untilClaimed(_ store: Store) async throws {
        for _ in 0..<500 {
            let held = try await store.database.read { try $0.first("SELECT 1 FROM leases") { _ in true } }
            if held == true { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("the account was never claimed")
    }

    /// What a worker without its lease must not touch.
    private static func everything(_ store: Store) async throws -> [String: [String]] {
        var dump = try await PostureDump.rows(store)
        dump["account"] = try await store.database.read { connection in
            var rows: [String] = []
            for sql in [
                "SELECT generation, published, posture_version, next_resource, pending FROM accounts",
                "SELECT token, account, tenant, account, tenant FROM fences",
            ] {
                try connection.query(sql) { row in
                    rows.append((0..<5).map { "\(row.value($0))" }.joined(separator: " "))
                }
            }
            return rows
        }
        return dump
    }
}
