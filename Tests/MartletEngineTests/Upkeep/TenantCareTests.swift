import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite("Upkeep: workers look after tenants")
struct TenantCareTests {
    private static let runners: [JobKind: any JobRunner] = [
        .schedule: ScheduleRunner(), .retention: RetentionRunner(), .reevaluation: ReevaluationRunner(),
        .muteExpiry: ReevaluationRunner(),
    ]

    /// Runs `body` beside two pools.
    private static func with(
        _ place: StorePlace, _ prepare: (ScheduleFixture) async throws -> Void,
        _ body: (ScheduleFixture) async throws -> Void
    ) async throws {
        try await TestStore.with(place) { test in
            let fixture = ScheduleFixture(test: test, pools: PoolFixture(test: test))
            try await prepare(fixture)
            var settings = PoolFixture.settings
            settings.upkeep = 20
            let pools = (0..<2).map { _ in fixture.pools.pool(settings, runners) }
            try await fixture.pools.running(pools[0]) {
                try await fixture.pools.running(pools[1]) { try await body(fixture) }
            }
        }
    }

    /// How many jobs of a kind there are, and how many of them are completed.
    private static func jobs(_ kind: JobKind, _ fixture: ScheduleFixture) async throws -> [Int] {
        try await fixture.test.store.database.read { connection in
            var counts = [0, 0]
            try connection.query("SELECT state FROM jobs WHERE kind = $1", [.text(kind.rawValue)]) { row in
                counts[0] += 1
                if row.text(0) == "completed" { counts[1] += 1 }
            }
            return counts
        }
    }

    private static func upkeepAt(_ fixture: ScheduleFixture) async throws -> Int64 {
        try await fixture.test.store.database.read { try $0.first("SELECT upkeep_at FROM tenants") { $0.int(0) } ?? 0 }
    }

    @Test("a retention rule is applied by workers, once a day", arguments: StorePlace.allCases)
    func retention(place: StorePlace) async throws {
        try await Self.with(place) { fixture in
            for time in 1...3 { try await fixture.test.run([Statement(uid: "u\(time)")], at: Int64(time)) }
        } _: { fixture in
            try await fixture.wait("the first look") { try await Self.upkeepAt(fixture) > 0 }
            #expect(try await Self.jobs(.retention, fixture) == [0, 0], "there is no rule")
            try await Retention(store: fixture.test.store).setRule(RetentionRule(keepScans: 1))
            try await fixture.wait("retention") { try await Self.jobs(.retention, fixture) == [1, 1] }
            let scans = try await fixture.test.store.read { try $0.scans(limit: nil) }
            let refused = try #require(scans.last)
            await expectError(.notFound) { _ = try await fixture.test.findings(at: refused.id) }
            // Looked after again within the day, it is not asked for again.
            try await Retention(store: fixture.test.store).setRule(RetentionRule(keepScans: 2))
            try await fixture.wait("another look") { try await Self.upkeepAt(fixture) > (try await fixture.now()) }
            #expect(try await Self.jobs(.retention, fixture) == [1, 1])
        }
    }

    @Test("wherever a tick breaks off, everything is asked for exactly once afterwards", arguments: StorePlace.allCases)
    func broken(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            let store = fixture.test.store
            let tenant = store.tenant
            let ids = [try await fixture.add(hoursAgo: 3), try await fixture.add(hoursAgo: 2)]
            try await Retention(store: store).setRule(RetentionRule(keepScans: 1))
            try await store.database.write { connection in
                let rule = MuteRule(id: "m", checks: ["*"], reason: "r", expiresAt: Timestamp(milliseconds: 1))
                try MuteRecords.add(rule, tenant: tenant, connection)
                try connection.execute("UPDATE accounts SET pending = 1")
            }
            try await store.database.scoped(to: .dispatch).write { _ = try Upkeep.requestTick(tenant: tenant, $0) }
            let failing = FailingDatabase(store.database, failsReads: true)
            let broken = try await Store.open(database: failing, url: "test:x", tenant: store.tenantName)
            let context = JobContext(job: try await fixture.claim(), store: broken, lifetime: 600_000)
            var statements = 0
            while true {
                // Every statement has a blank.
                failing.fail(at: " ", after: statements)
                do {
                    _ = try await ScheduleRunner().run(context)
                    break
                } catch let error as MartletError {
                    #expect(error.code == .io)
                }
                statements += 1
            }
            #expect(statements > 20)
            let asked = try await fixture.asked()
            #expect(asked.count == 2 && ids.allSatisfy { id in asked.contains { $0.key.contains(id) } })
            for kind in [JobKind.retention, .muteExpiry, .reevaluation, .schedule] {
                #expect(try await Self.jobs(kind, fixture)[0] == 1, "\(kind)")
            }
        }
    }

    @Test("a mute that ends, and a change that was interrupted, reach the postures", arguments: StorePlace.allCases)
    func postures(place: StorePlace) async throws {
        try await Self.with(place) { fixture in
            try await fixture.test.run([Statement(uid: "u1"), Statement(check: "c1", uid: "u2")], at: 1)
            var rule = MuteRule(
                id: "short", checks: ["*"], reason: "r", expiresAt: Timestamp(milliseconds: 4_000_000_000_000))
            try await fixture.test.administration.addMute(rule)
            let muted = try await fixture.test.findings()
            #expect(muted.allSatisfy { $0.muted })
            // As if its time had come.
            rule.expiresAt = Timestamp(milliseconds: 1)
            let ended = rule
            let tenant = fixture.test.store.tenant
            try await fixture.test.store.database.write { connection in
                _ = try MuteRecords.remove(id: "short", tenant: tenant, connection)
                try MuteRecords.add(ended, tenant: tenant, connection)
            }
        } _: { fixture in
            try await fixture.wait("the end of the mute") {
                try await fixture.test.findings().allSatisfy { !$0.muted }
            }
            try await fixture.wait("the job") { try await Self.jobs(.muteExpiry, fixture) == [1, 1] }
            let state = try await fixture.test.store.database.read { [tenant = fixture.test.store.tenant] in
                try Upkeep.state(tenant: tenant, at: try $0.now(), $0)
            }
            #expect(state?.hasEndedMute == false && state?.isPending == false)
            // The first of the two transactions of a change, and then nothing.
            let tenant = fixture.test.store.tenant
            try await fixture.test.store.database.write { connection in
                try MuteRecords.add(MuteRule(id: "m", checks: ["c1"], reason: "r"), tenant: tenant, connection)
                try PostureRecords.markPending(tenant: tenant, providers: nil, connection)
                // Its command would have had a while.
                try connection.execute("UPDATE tenants SET upkeep_at = 1")
            }
            try await fixture.wait("the re-evaluation") {
                try await fixture.test.store.read { try $0.accounts().allSatisfy { !$0.pending } }
            }
            let muted = try await fixture.test.findings().filter { $0.muted }
            #expect(muted.map(\.check.check) == ["c1"])
            try await fixture.wait("its job") { try await Self.jobs(.reevaluation, fixture) == [1, 1] }
        }
    }

    @Test("ended jobs go in time, and nothing is asked for where nothing is needed", arguments: StorePlace.allCases)
    func jobs(place: StorePlace) async throws {
        try await Self.with(place) { fixture in
            let tenant = fixture.test.store.tenant
            let now = try await fixture.now()
            let day: Int64 = 86_400_000
            try await fixture.test.store.database.write { connection in
                for (kind, days) in [
                    (JobKind.schedule, 2), (.schedule, 0), (.retention, 2), (.retention, 8), (.reevaluation, 8),
                ] as [(JobKind, Int64)] {
                    let id = "\(kind.rawValue)-\(days)"
                    _ = try Jobs.enqueue(JobRequest(id: id, kind: kind, payload: "{}"), tenant: tenant, connection)
                    try Jobs.apply(.requestCancel, to: JobID(tenant: tenant, id: id), connection)
                    try connection.execute(
                        "UPDATE jobs SET finished_at = $2 WHERE id = $1", [.text(id), .int(now - days * day)])
                }
            }
        } _: { fixture in
            try await fixture.wait("the first look") { try await Self.upkeepAt(fixture) > 0 }
            let left = try await fixture.test.store.database.read { connection in
                var ids: [String] = []
                try connection.query("SELECT id FROM jobs WHERE unique_key IS NULL") { ids.append($0.text(0)) }
                return ids.sorted()
            }
            #expect(left == ["retention-2", "schedule-0"])
            let next = try await Self.upkeepAt(fixture) - (try await fixture.now())
            #expect(next > 86_000_000 && next <= 86_400_000)
        }
    }
}
