import MartletCore
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite("Removal: tenants, by a job")
struct TenantRemovalRunnerTests {
    private static func request(_ store: Store) async throws -> String {
        let tenant = store.tenant
        return try await store.database.write { connection in
            try TenantRemoval.mark(tenant, connection)
            return try Upkeep.job(of: .tenantRemoval, tenant: tenant, connection).id
        }
    }

    @Test("killed in the middle it goes on, ends what is under way, and leaves no row", arguments: StorePlace.allCases)
    func removal(place: StorePlace) async throws {
        try await RemovalFixture.with(place) { fixture in
            let store = fixture.test.store
            let tenant = store.tenant
            let others = try await fixture.rows("tenant", fixture.other.tenant, tenant: fixture.other.tenant)
            let pools = PoolFixture(test: fixture.test)
            // Somebody scans, and somebody has asked for a scan.
            _ = try await pools.start("222")
            let held = try await store.database.scoped(to: .dispatch).write {
                try Jobs.claim(
                    ClaimRequest(worker: Worker(name: "w", host: "elsewhere", pid: 1), lifetime: 600_000), $0)
            }
            let scan = try #require(held.first)
            _ = try await pools.start("111")
            _ = try await Self.request(store)
            var settings = PoolFixture.settings
            settings.timing = LeaseTiming(lifetime: 2_000)
            // On a busy machine a worker may not get to renew so short a lease, time and again.
            settings.limits.maximumLosses = 100_000
            // The first worker dies as soon as some rows are gone.
            let first = pools.pool(settings, [.tenantRemoval: TenantRemovalRunner(batchSize: 2)])
            let run = Task { await first.run() }
            let all = try await Self.count(fixture)
            try await fixture.wait("a part") { try await Self.count(fixture) < all - 10 }
            await first.abandon()
            await run.value
            settings.timing = PoolFixture.settings.timing
            let second = pools.pool(settings, [.tenantRemoval: TenantRemovalRunner(batchSize: 50)])
            try await pools.running(second) {
                try await fixture.wait("the end") { try await Self.count(fixture) == 0 }
            }
            let left = try await fixture.rows("tenant", tenant, tenant: tenant)
            #expect(left.isEmpty, "\(left)")
            #expect(
                try await fixture.rows("tenant", fixture.other.tenant, tenant: fixture.other.tenant) == others)
            // What worked there before writes nothing any more.
            await expectError(.leaseLost) {
                try await store.database.write { try Leases.prove(scan.lease, lifetime: 1_000, $0) }
            }
            await expectError(.conflict) { try await fixture.scan(fixture.first, of: store, at: 9) }
        }
    }

    private static func count(_ fixture: RemovalFixture) async throws -> Int {
        let tenant = fixture.test.store.tenant
        return try await fixture.rows("tenant", tenant, tenant: tenant).values.reduce(0) { $0 + $1.count }
    }

    @Test("wherever it breaks off, it goes on and comes to its end", arguments: StorePlace.allCases)
    func broken(place: StorePlace) async throws {
        try await RemovalFixture.with(place) { fixture in
            let store = fixture.test.store
            _ = try await Self.request(store)
            let statements = try await fixture.breakOff(TenantRemovalRunner(batchSize: 40), every: 7)
            #expect(statements > 100)
            let left = try await fixture.rows("tenant", store.tenant, tenant: store.tenant)
            #expect(left.isEmpty, "\(left)")
        }
    }
}
