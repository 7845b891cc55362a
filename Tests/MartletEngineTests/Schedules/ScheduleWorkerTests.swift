import MartletCore
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite("Schedules: workers carry them out")
struct ScheduleWorkerTests {
    private static func settings() -> WorkerSettings {
        var settings = PoolFixture.settings
        settings.upkeep = 20
        return settings
    }

    private static let runners: [JobKind: any JobRunner] = [
        .schedule: ScheduleRunner(),
        .scan: ScanRunner { _ in (MemorySource([Statement(uid: "u1")], at: 5), nil) },
    ]

    @Test(
        "two pools do what is due once, and what is wrong with one schedule stops no other",
        arguments: StorePlace.allCases)
    func pools(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            var broken: [String: String] = [:]
            for (change, code) in [
                ("cron = 'never'", "invalid_input"), ("timezone = 'Europe/Atlantis'", "not_found"),
                ("version = 99", "usage"), ("payload = '{}'", "usage"),
                ("queue = 'No Such'", "usage"),
            ] {
                let id = try await fixture.add(hoursAgo: 4)
                try await fixture.set(id, change)
                broken[id] = code
            }
            let good = try await fixture.add(hoursAgo: 2)
            let pools = (0..<2).map { _ in fixture.pools.pool(Self.settings(), Self.runners) }
            try await fixture.pools.running(pools[0]) {
                try await fixture.pools.running(pools[1]) {
                    try await fixture.wait("the scan") {
                        try await fixture.schedules.schedule(good).lastState == .completed
                    }
                    for (id, code) in broken {
                        try await fixture.wait("the error") { try await fixture.row(id).failure != nil }
                        let row = try await fixture.row(id)
                        #expect(row.failure?.code == code && row.lastScan == nil, "\(row)")
                        #expect(row.handled < (try #require(row.lookAt)))
                    }
                }
            }
            let asked = try await fixture.asked()
            #expect(asked.count == 1 && asked.first?.key.hasPrefix("schedule:\(good):") == true)
            // Put right, it goes on.
            let repaired = try #require(broken.first { $0.value == "not_found" }?.key)
            try await fixture.set(repaired, "timezone = 'UTC', look_at = 0")
            try await fixture.look(repaired)
            let row = try await fixture.row(repaired)
            #expect(row.failure == nil && row.lastScan != nil)
        }
    }

    @Test("a schedule that the database refuses keeps no other from being decided, and is tried again")
    func refusedByDatabase() async throws {
        try await ScheduleFixture.with(.sqlite) { fixture in
            let bad = try await fixture.add(hoursAgo: 3)
            let good = try await fixture.add(hoursAgo: 2)
            let failing = FailingDatabase(fixture.test.store.database)
            // The first look alone fails where it stores what it decided.
            failing.call(before: "UPDATE schedules SET handled") { connection in
                let isFirst = try connection.first("SELECT COUNT(*) FROM jobs WHERE kind = 'scan'") { $0.int(0) == 1 }
                let tried = try connection.first("SELECT COUNT(*) FROM jobs WHERE kind = 'schedule' AND attempts > 1") {
                    $0.int(0) > 0
                }
                if isFirst == true, tried == false,
                    try connection.first(
                        "SELECT 1 FROM jobs WHERE unique_key LIKE 'schedule:\(bad):%'", [], { _ in true })
                        == true
                {
                    throw MartletError(.database, "refused")
                }
            }
            let pool = WorkerPool(
                store: try await Store.open(database: failing, url: "test:x", tenant: "default"), runners: Self.runners,
                settings: Self.settings())
            try await fixture.pools.running(pool) {
                try await fixture.wait("both") { try await fixture.asked().count == 2 }
            }
            let keys = try await fixture.asked().map(\.key).sorted()
            #expect(keys.contains { $0.contains(bad) } && keys.contains { $0.contains(good) })
        }
    }

    @Test("a worker that is full, and one for other queues, misses no slot", arguments: StorePlace.allCases)
    func full(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            let gate = Gate()
            let open: ScanRunner.Opener = { _ in
                (MemorySource([Statement(uid: "u1")], at: 5) { _ in await gate.pass() }, nil)
            }
            var settings = Self.settings()
            (settings.concurrency, settings.queues) = (1, ["slow"])
            let scan = try await ScanQueue(store: fixture.test.store).start(
                account: "111", order: ScanOrder(source: "file:x"), queue: "slow")
            let pool = fixture.pools.pool(settings, [.schedule: ScheduleRunner(), .scan: ScanRunner(open: open)])
            try await fixture.pools.running(pool) {
                try await fixture.pools.wait(for: scan) { $0.state == .running }
                var request = ScheduleFixture.request()
                request.queue = "slow"
                let id = try await fixture.add(request, hoursAgo: 2)
                try await fixture.wait("the tick") { try await fixture.row(id).lastScan != nil }
                let running = try await fixture.pools.scan(scan)
                #expect(running.state == .running)
                // Only ticks come beside it.
                let asked = try await fixture.asked().filter { $0.key.hasPrefix("schedule:") }
                #expect(asked.map(\.state) == ["queued"])
                gate.open()
                try await fixture.wait("the scan") { try await fixture.schedules.schedule(id).lastState == .completed }
            }
        }
    }

    @Test("a look where nothing is due is one statement", arguments: StorePlace.allCases)
    func idle(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            _ = try await fixture.schedules.add(ScheduleFixture.request())
            let pool = fixture.pools.pool(Self.settings(), Self.runners)
            _ = try await fixture.test.store.database.scoped(to: .dispatch).write {
                try $0.execute("UPDATE tenants SET upkeep_at = \(Int64.max)")
            }
            let store = fixture.test.store
            let start = await store.statementCount
            try await store.database.scoped(to: .dispatch).read { _ in }
            let empty = await store.statementCount
            try await pool.requestTicks()
            let end = await store.statementCount
            #expect(end - empty == empty - start + 1, "as many as an empty transaction, and one more")
        }
    }

    @Test("however many look, a tenant has one tick under way", arguments: StorePlace.allCases)
    func oneTick(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            _ = try await fixture.add(hoursAgo: 2)
            let pools = (0..<8).map { _ in fixture.pools.pool(Self.settings(), Self.runners) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for pool in pools { group.addTask { try await pool.requestTicks() } }
                try await group.waitForAll()
            }
            let ticks = try await fixture.test.store.read { try $0.queue() }.jobs.filter { $0.kind == .schedule }
            #expect(ticks.count == 1)
        }
    }
}
