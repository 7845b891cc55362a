import MartletCore
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite("Removal: accounts, by a job")
struct AccountRemovalRunnerTests {
    @Test(
        "hidden at once, gone by and by, nothing else touched; its number is not given again",
        arguments: StorePlace.allCases)
    func removal(place: StorePlace) async throws {
        try await RemovalFixture.with(place) { fixture in
            let store = fixture.test.store
            let number = try await fixture.number(fixture.first)
            let kept = try await fixture.number(fixture.second)
            let before = try await fixture.rows("account", kept, tenant: store.tenant)
            let others = try await fixture.rows("tenant", fixture.other.tenant, tenant: fixture.other.tenant)
            let job = try await Administration(store: store).requestRemoval(of: fixture.first)
            let seen = try await store.read { reader in
                (try reader.accounts().map(\.account), try reader.scans(limit: nil).map(\.account))
            }
            #expect(seen.0 == [fixture.second] && Set(seen.1) == [fixture.second])
            #expect(try await fixture.test.findings().allSatisfy { $0.account == fixture.second })
            #expect(try await fixture.rows("account", number, tenant: store.tenant)["findings"]?.isEmpty == false)
            await expectError(.notFound) {
                _ = try await Administration(store: store).requestRemoval(of: fixture.first)
            }
            // The same account may come again meanwhile.
            try await fixture.scan(fixture.first, of: store, at: 3)
            let again = try await fixture.number(fixture.first)
            #expect(again > number && again > kept)
            let fresh = try await fixture.rows("account", again, tenant: store.tenant)

            let pools = PoolFixture(test: fixture.test)
            try await pools.running(pools.pool([.accountRemoval: AccountRemovalRunner(batchSize: 3)])) {
                try await fixture.wait("the removal") { try await fixture.state(job) == .completed }
            }
            let left = try await fixture.rows("account", number, tenant: store.tenant)
            #expect(left.keys.sorted() == ["jobs"] && left["jobs"]?.count == 1, "\(left)")
            #expect(try await fixture.rows("account", kept, tenant: store.tenant) == before)
            #expect(try await fixture.rows("account", again, tenant: store.tenant) == fresh)
            #expect(
                try await fixture.rows("tenant", fixture.other.tenant, tenant: fixture.other.tenant) == others)
        }
    }

    @Test("a scan that runs is told to end, and an import is not disturbed", arguments: StorePlace.allCases)
    func running(place: StorePlace) async throws {
        try await RemovalFixture.with(place) { fixture in
            let store = fixture.test.store
            let tenant = store.tenant
            let gate = Gate()
            let pools = PoolFixture(test: fixture.test)
            let source = GatedSource(gate: gate)
            let pool = pools.pool([
                .scan: ScanRunner(open: { _ in (source, nil) }), .accountRemoval: AccountRemovalRunner(),
            ])
            let scan = try await pools.start("111")
            try await pools.running(pool) {
                _ = try await pools.wait(for: scan) { $0.state == .running }
                let job = try await Administration(store: store).requestRemoval(of: fixture.first)
                gate.open()
                try await fixture.wait("the removal") { try await fixture.state(job) == .completed }
            }
            // A process that imports holds its account until it ends.
            let account = AccountID(tenant: tenant, account: try await fixture.number(fixture.second))
            try await store.database.write { connection in
                _ = try Leases.claim(account, scan: "s", worker: .current(), lifetime: 600_000, connection)
            }
            let error = await expectError(.conflict) {
                _ = try await Administration(store: store).requestRemoval(of: fixture.second)
            }
            #expect(error?.message.contains("wait for it to finish") == true)
            #expect(try await store.read { try $0.accounts().map(\.account) } == [fixture.second])
        }
    }

    @Test("wherever it breaks off, it goes on and comes to its end", arguments: StorePlace.allCases)
    func broken(place: StorePlace) async throws {
        try await RemovalFixture.with(place) { fixture in
            let store = fixture.test.store
            let number = try await fixture.number(fixture.first)
            _ = try await Administration(store: store).requestRemoval(of: fixture.first)
            let statements = try await fixture.breakOff(AccountRemovalRunner(batchSize: 8), every: 3)
            #expect(statements > 30)
            let left = try await fixture.rows("account", number, tenant: store.tenant)
            #expect(left.keys.sorted() == ["jobs"], "\(left)")
        }
    }

    @Test("a removal whose job has failed is asked for again by the tenant's upkeep", arguments: StorePlace.allCases)
    func abandoned(place: StorePlace) async throws {
        try await RemovalFixture.with(place) { fixture in
            let store = fixture.test.store
            let tenant = store.tenant
            let job = try await Administration(store: store).requestRemoval(of: fixture.first)
            try await store.database.write { connection in
                try Jobs.apply(.requestCancel, to: JobID(tenant: tenant, id: job), connection)
                try Administration.resumeRemovals(tenant: tenant, connection)
                try Administration.resumeRemovals(tenant: tenant, connection)
            }
            let waiting = try await store.read { try $0.queue().jobs.filter { $0.kind == .accountRemoval } }
            #expect(waiting.count == 1 && waiting.first?.id != job)
        }
    }
}

/// Says nothing before a gate opens, and then that it is at its end.
private struct GatedSource: FindingSource {
    let gate: Gate
    func next() async throws -> ObservationBatch? {
        await gate.pass()
        try Task.checkCancellation()
        return nil
    }
    func recognise(_ statements: KnownStatements) async {}
    var scanner: String { get async { "s" } }
}
