import MartletCore
import MartletReference
import MartletStore
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletEngine

/// The whole road through PgBouncer in transaction mode: connections of the server change under every transaction.
@Suite("PostgreSQL: PgBouncer")
struct PgBouncerTests {
    @Test("imports of many accounts through two connections give what a direct connection gives")
    func road() async throws {
        let place = try await PostgresPlace()
        do {
            let bouncer = try await PgBouncer(before: try PostgresServer.shared.get(), connections: 2)
            let store = try await Store.open(url: bouncer.url(schema: place.schema))
            let accounts = (1...4).map { AccountKey(provider: ProviderSample.aws, uid: "\($0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for account in accounts {
                    group.addTask {
                        for time in 1...3 as ClosedRange<Int64> {
                            let said = (0..<60).map { Statement(uid: "u\($0)", detail: "\(time / 2)") }
                            let source = MemorySource(said, at: time, batch: 7, account: account)
                            _ = try await Importer(store: store).run(
                                source: source, origin: "bouncer", options: ImportOptions())
                        }
                    }
                }
                try await group.waitForAll()
            }
            await store.close()
            let direct = try await Store.open(url: place.url)
            let (rows, scans) = try await direct.read { reader in
                var rows = 0
                try reader.findings(FindingFilter()) { _ in rows += 1 }
                return (rows, try reader.scans())
            }
            #expect(rows == 240)
            #expect(scans.count == 12 && scans.allSatisfy { $0.state == .completed })
            await direct.close()
            withExtendedLifetime(bouncer) {}
        } catch {
            await place.remove()
            throw error
        }
        await place.remove()
    }

    @Test("a pool of workers claims a scan, renews its lease and publishes it")
    func work() async throws {
        let place = try await PostgresPlace()
        do {
            let bouncer = try await PgBouncer(before: try PostgresServer.shared.get(), connections: 2)
            let url = bouncer.url(schema: place.schema)
            let test = TestStore(store: try await Store.open(url: url), url: url)
            do { try await scan(test) } catch {
                await test.store.close()
                throw error
            }
            await test.store.close()
            withExtendedLifetime(bouncer) {}
        } catch {
            await place.remove()
            throw error
        }
        await place.remove()
    }

    /// One scan whose source waits until the lease has been renewed three times.
    private func scan(_ test: TestStore) async throws {
        let fixture = PoolFixture(test: test)
        try await fixture.addAccount()
        var settings = PoolFixture.settings
        settings.timing.renewal = 100
        let ends = Mutex(Set<Int64>())
        let pool = fixture.pool(
            settings,
            PoolFixture.runners { _ in
                let source = MemorySource([Statement(uid: "u1"), Statement(uid: "u2")], at: 5, batch: 1) { batch in
                    for _ in 0..<3_000 where batch == 1 && ends.withLock({ $0.count }) < 4 {
                        let end = try await test.store.database.scoped(to: .dispatch).read {
                            try $0.first("SELECT expires_at FROM leases") { $0.int(0) }
                        }
                        _ = ends.withLock { $0.insert(end ?? 0) }
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
                return (source, nil)
            })
        let id = try await fixture.start()
        try await fixture.running(pool) {
            let scan = try await fixture.wait(for: id) { $0.state.isFinal }
            #expect(scan.state == .completed && scan.counts.new == 2 && scan.attempts == 1)
        }
        #expect(ends.withLock { $0.count } >= 4 && !ends.withLock { $0.contains(0) })
        let leases = try await test.store.database.scoped(to: .dispatch).read {
            try $0.first("SELECT COUNT(*) FROM leases") { $0.int(0) }
        }
        #expect(leases == 0)
    }
}
