import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

/// A store with an account, and short ways to make schedules of it and to look at them.
struct ScheduleFixture: Sendable {
    let test: TestStore
    let pools: PoolFixture

    /// Runs `body` on a store with the account `111`.
    static func with(_ place: StorePlace, _ body: (ScheduleFixture) async throws -> Void) async throws {
        try await TestStore.with(place) { test in
            let fixture = ScheduleFixture(test: test, pools: PoolFixture(test: test))
            try await fixture.pools.addAccount()
            try await body(fixture)
        }
    }

    var schedules: ScanSchedules { ScanSchedules(store: test.store) }

    static func request(_ cron: String = "0 * * * *") -> ScheduleRequest {
        ScheduleRequest(account: "111", order: ScanOrder(source: "file:x"), cron: cron)
    }

    /// A schedule whose slots are decided until a moment, and which is to be looked at then. Gives its id.
    func add(_ request: ScheduleRequest = request(), handled: Timestamp) async throws -> String {
        let id = try await schedules.add(request).schedule.id
        try await set(id, "handled = \(handled.milliseconds), look_at = \(handled.milliseconds)")
        return id
    }

    /// A schedule with slots due: the last `hours` of the database's clock.
    func add(_ request: ScheduleRequest = request(), hoursAgo hours: Int64) async throws -> String {
        try await add(request, handled: Timestamp(milliseconds: try await now() - hours * 3_600_000))
    }

    func set(_ id: String, _ change: String) async throws {
        let tenant = test.store.tenant
        let count = try await test.store.database.write {
            try $0.execute("UPDATE schedules SET \(change) WHERE tenant = $1 AND id = $2", [.int(tenant), .text(id)])
        }
        #expect(count == 1)
    }

    func now() async throws -> Int64 { try await test.store.database.read { try $0.now() } }

    func row(_ id: String) async throws -> ScheduleRecord { try await schedules.schedule(id).schedule }

    /// One look at a schedule, as a tick does it.
    @discardableResult
    func look(_ id: String, at time: Timestamp? = nil, on database: (any Database)? = nil) async throws
        -> [ScheduleAction]
    {
        let tenant = test.store.tenant
        return try await (database ?? test.store.database).write { connection in
            try ScheduleTick.run(
                id, tenant: tenant,
                clock: { if let time { return time } else { return Timestamp(milliseconds: try $0.now()) } }, connection
            )
        }
    }

    /// A scan that a schedule has asked for.
    struct Asked: Sendable, Hashable {
        var id: String
        var key: String
        var runAt: Int64
        var state: String
        var scanState: String
    }

    /// All scans with their jobs, by key.
    func asked() async throws -> [Asked] {
        try await test.store.database.read { connection in
            var asked: [Asked] = []
            try connection.query(
                """
                SELECT j.id, j.unique_key, j.run_at, j.state, s.state FROM jobs j
                LEFT JOIN scans s ON s.tenant = j.tenant AND s.id = j.id WHERE j.kind = 'scan' ORDER BY j.unique_key
                """
            ) {
                asked.append(
                    Asked(
                        id: $0.text(0), key: $0.text(1), runAt: $0.int(2), state: $0.text(3), scanState: $0.text(4)))
            }
            return asked
        }
    }

    func apply(_ event: JobEvent, to scan: String) async throws {
        let job = JobID(tenant: test.store.tenant, id: scan)
        try await test.store.database.write { _ = try Jobs.apply(event, to: job, $0) }
    }

    /// Ends the scan of a schedule as if it had run; each event but cancel needs a claim first.
    func claim() async throws -> ClaimedJob {
        let request = ClaimRequest(worker: .current(), lifetime: 60_000)
        let jobs = try await test.store.database.scoped(to: .dispatch).write { try Jobs.claim(request, $0) }
        return try #require(jobs.first)
    }

    /// Waits until something holds.
    func wait(
        _ what: String, _ location: SourceLocation = #_sourceLocation, until holds: () async throws -> Bool
    ) async throws {
        for _ in 0..<6_000 {
            if try await holds() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("never: \(what); \(pools.lines.all)", sourceLocation: location)
        throw MartletError(.limit, "waited too long")
    }
}
