import MartletCore
import MartletPolicy
import Testing

@testable import MartletStore

@Suite("Upkeep: what is due")
struct UpkeepTests {
    private static func due(_ queue: QueueFixture) async throws -> [Int64] {
        try await queue.dispatch.read { try Upkeep.dueTenants($0) }.sorted()
    }

    /// A schedule of the account 111 that is to be looked at at a moment.
    private static func addSchedule(_ queue: QueueFixture, _ id: String, lookAt: Int64) async throws {
        let tenant = queue.store.tenant
        try await queue.store.database.write { connection in
            let record = ScheduleRecord(
                id: id, name: id, account: try Sample.account("111", tenant, connection), payload: "{}", version: 1,
                cron: "@daily", timezone: "UTC", jitter: 0, missed: "skip", priority: 0, queue: "default",
                createdAt: Timestamp(milliseconds: 1), lookAt: Timestamp(milliseconds: lookAt))
            let isAdded = try Schedules.add(record, connection)
            #expect(isAdded)
        }
    }

    @Test("a tenant is due by its schedules or by itself, and not while its tick is under way", arguments: Driver.all)
    func tenants(driver: Driver) async throws {
        try await QueueFixture.with(driver) { first in
            let second = try await first.tenant("second")
            let (one, two) = (first.store.tenant, second.store.tenant)
            let fresh = try await Self.due(first)
            #expect(fresh == [one, two], "a new tenant is looked at once")
            _ = try await first.dispatch.write { try $0.execute("UPDATE tenants SET upkeep_at = \(Int64.max)") }
            let none = try await Self.due(first)
            #expect(none.isEmpty)
            try await Self.addSchedule(first, "later", lookAt: .max)
            try await Self.addSchedule(first, "now", lookAt: 5)
            try await Self.addSchedule(first, "too", lookAt: 6)
            let scheduled = try await Self.due(first)
            #expect(scheduled == [one])
            let ids = try await first.store.database.read { try Schedules.due(tenant: one, limit: 10, $0) }
            #expect(ids == ["now", "too"])
            let added = try await first.dispatch.write { connection in
                [try Upkeep.requestTick(tenant: one, connection), try Upkeep.requestTick(tenant: one, connection)]
            }
            #expect(added == [true, false])
            let waiting = try await Self.due(first)
            #expect(waiting.isEmpty)
            let tick = try #require(try await first.claim().first)
            #expect(tick.kind == .schedule)
            let running = try await Self.due(first)
            #expect(running.isEmpty)
            try await first.apply(.complete(token: tick.lease.token), tick.job.id)
            let again = try await Self.due(first)
            #expect(again == [one])
            try await second.store.database.write { try Upkeep.want(tenant: two, within: 0, $0) }
            let both = try await Self.due(first)
            #expect(both == [one, two])
        }
    }

    @Test("a schedule is looked at at once when its scan is given up by the rescue", arguments: Driver.all)
    func rescued(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await Self.addSchedule(queue, "x", lookAt: .max)
            try await Self.addSchedule(queue, "other", lookAt: .max)
            try await queue.queueScan("s1", account: "111", key: "schedule:x:2026-01-01T00:00:00.000Z")
            try await queue.store.database.run(
                "UPDATE schedules SET waiting = 1, last_slot = 1, last_scan = 's1'")
            var limits = JobLimits()
            limits.maximumLosses = 1
            for _ in 0...1 {
                let job = try #require(try await queue.claim(lifetime: 0).first)
                let lost = try #require(try await queue.suspects().first)
                let isDone = try await queue.dispatch.write { [limits] in
                    try Jobs.rescue(lost, isDead: true, limits: limits, $0)
                }
                #expect(isDone && job.job.id == "s1")
                if try await queue.machine("s1").state == .failed { break }
            }
            #expect(try await queue.machine("s1").state == .failed)
            let looks = try await queue.store.database.read { connection in
                var looks: [String: Int64] = [:]
                try connection.query("SELECT id, look_at FROM schedules") { looks[$0.text(0)] = $0.int(1) }
                return looks
            }
            #expect(looks["other"] == .max && looks["x"] != .max)
        }
    }

    @Test("what is due is found by the indexes for it", arguments: Driver.all)
    func plan(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            let plans = try await queue.store.everything.write { connection in
                let log = try PlanLog(connection)
                _ = try Upkeep.dueTenants(log)
                _ = try Upkeep.state(tenant: 1, at: 1, log)
                _ = try Jobs.prune(.retention, endedBefore: 1, limit: 1, tenant: 1, log)
                return log.plans
            }
            let wanted = ["schedules_due", "tenants_upkeep", "jobs_unique"]
            for index in wanted { #expect(plans[0].contains(index), "\(plans[0])") }
            #expect(plans.contains { $0.contains("accounts_pending") })
            #expect(plans.contains { $0.contains("mutes_expiring") })
            #expect(plans.last?.contains("jobs_ended") == true, "\(plans)")
        }
    }

    @Test("the state tells the rule, what is pending, and which mutes end", arguments: Driver.all)
    func state(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            let tenant = queue.store.tenant
            func state() async throws -> TenantUpkeep {
                try #require(
                    try await queue.store.database.write {
                        try Upkeep.state(tenant: tenant, at: 100, locking: true, $0)
                    })
            }
            let empty = try await state()
            #expect(empty == TenantUpkeep(lookAt: 0))
            try await queue.store.database.write { connection in
                let account = try Sample.account("111", tenant, connection)
                try connection.execute("UPDATE accounts SET published = 1")
                try connection.execute("UPDATE tenants SET upkeep_at = \(Int64.max)")
                for (id, end) in [("a", 50), ("b", 100), ("c", 101), ("d", 300)] as [(String, Int64)] {
                    let rule = MuteRule(
                        id: id, checks: ["*"], reason: "r", expiresAt: Timestamp(milliseconds: end))
                    try MuteRecords.add(rule, tenant: tenant, connection)
                }
                try PostureRecords.markPending(tenant: tenant, providers: nil, connection)
                try RetentionRecords.setRule(RetentionRule(keepDays: 3), tenant: tenant, connection)
                _ = account
            }
            let full = try await state()
            #expect(full.hasRetentionRule && full.isPending && full.hasEndedMute && full.nextMuteEnd == 101)
            #expect(full.lookAt < Int64.max / 2, "both changes want to be looked after")
            try await queue.store.database.write { try Upkeep.mutesEnded(until: 100, tenant: tenant, $0) }
            let later = try await state()
            #expect(!later.hasEndedMute && later.nextMuteEnd == 101)
        }
    }

    @Test("ended jobs of a kind go, the oldest first; scans stay", arguments: Driver.all)
    func prune(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            let tenant = queue.store.tenant
            let other = try await queue.tenant("second")
            for fixture in [queue, other] {
                try await fixture.queueScan("scan", account: "111")
                for kind in [JobKind.retention, .reevaluation] {
                    for number in 1...5 {
                        try await fixture.store.database.write { [tenant = fixture.store.tenant] in
                            let request = JobRequest(id: "\(kind.rawValue)\(number)", kind: kind, payload: "{}")
                            _ = try Jobs.enqueue(request, tenant: tenant, $0)
                        }
                    }
                }
                _ = try await fixture.store.database.write {
                    try $0.execute(
                        """
                        UPDATE jobs SET state = 'cancelled', cancel_requested_at = 1,
                            finished_at = CASE id WHEN 'retention1' THEN 10 WHEN 'retention2' THEN 20
                                WHEN 'reevaluation1' THEN 5 ELSE 30 END
                        WHERE id NOT IN ('retention5', 'reevaluation5')
                        """)
                }
            }
            func prune(_ kind: JobKind, _ limit: Int) async throws -> Int {
                try await queue.store.database.write {
                    try Jobs.prune(kind, endedBefore: 30, limit: limit, tenant: tenant, $0)
                }
            }
            func ids(_ fixture: QueueFixture) async throws -> [String] {
                try await fixture.store.database.read { connection in
                    var ids: [String] = []
                    try connection.query("SELECT id FROM jobs WHERE tenant = $1", [.int(fixture.store.tenant)]) {
                        ids.append($0.text(0))
                    }
                    return ids.sorted()
                }
            }
            let all = try await ids(other)
            #expect(all.count == 11)
            #expect(try await prune(.retention, 1) == 1)
            #expect(try await ids(queue) == all.filter { $0 != "retention1" })
            #expect(try await prune(.retention, 10) == 1)
            #expect(try await prune(.retention, 10) == 0)
            #expect(try await prune(.scan, 10) == 0)
            #expect(try await ids(queue) == all.filter { $0 != "retention1" && $0 != "retention2" })
            #expect(try await ids(other) == all)
        }
    }
}
