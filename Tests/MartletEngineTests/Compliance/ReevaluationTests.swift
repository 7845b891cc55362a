import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// Mutes and frameworks that change after a scan was published.
@Suite("Re-evaluation")
struct ReevaluationTests {
    /// A store with two published scans of a random estate.
    private func with(
        _ seed: UInt64 = 51, _ body: (TestStore, [String]) async throws -> Void
    ) async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            var scans: [String] = []
            for (number, statements) in RandomEstate(seed: seed, scans: 2).scans.enumerated() {
                scans.append(try await test.run(statements, at: Int64(number)).scan.id)
            }
            try await body(test, scans)
        }
    }

    private func account(_ test: TestStore) async throws -> AccountRow {
        try #require(try await test.store.read { try $0.accounts().first })
    }

    @Test(
        "mute, then un-mute restores every aggregate", arguments: [51, 52] as [UInt64],
        [
            MuteRule(id: "m", checks: ["c0"], reason: "r"), MuteRule(id: "m", checks: ["*"], reason: "r"),
            MuteRule(id: "m", regions: ["r*"], reason: "r"), MuteRule(id: "m", resources: ["u1"], reason: "r"),
            MuteRule(id: "m", tags: ["a=1"], reason: "r"),
        ])
    func restores(seed: UInt64, rule: MuteRule) async throws {
        try await with(seed) { test, scans in
            let before = try await PostureDump.currentAggregates(test.store)
            let old = try await test.rows("house_aws", at: scans[0])
            let version = try await account(test).postureVersion
            try await test.administration.addMute(rule)
            let muted = try await PostureDump.currentAggregates(test.store)
            #expect(muted["compliance_rows"] != before["compliance_rows"])
            #expect(muted["finding_mutes"]?.isEmpty == false)
            #expect(try await account(test).postureVersion > version)
            try await test.administration.removeMute("m")
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), before, "\(rule.id)")
            // And again, because rows of the same generation are reused.
            try await test.administration.addMute(rule)
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), muted, "muted again")
            try await test.administration.removeMute("m")
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), before, "restored again")
            #expect(try await test.rows("house_aws", at: scans[0]) == old)
        }
    }

    @Test("history shows mutes as they were then")
    func history() async throws {
        try await with { test, scans in
            try await test.administration.addMute(MuteRule(id: "m", checks: ["*"], reason: "r"))
            let third = try await test.run(RandomEstate(seed: 51, scans: 2).scans[1], at: 5).scan.id
            try await test.administration.removeMute("m")
            func muted(_ scan: String?) async throws -> Int {
                try await test.findings(at: scan).count { $0.mutedReason != nil }
            }
            #expect(try await muted(scans[0]) == 0)
            #expect(try await muted(scans[1]) > 0)
            #expect(try await muted(third) == 0)
            #expect(try await muted(nil) == 0)
        }
    }

    @Test("removing a framework and adding it again restores its rows")
    func frameworks() async throws {
        try await with { test, scans in
            let before = try await PostureDump.currentAggregates(test.store)
            let old = try await test.rows("house_aws", at: scans[0])
            try await test.administration.removeFramework("house_aws")
            #expect(try await test.rows("house_aws").isEmpty)
            #expect(try await test.rows("score").isEmpty == false)
            #expect(try await test.rows("house_aws", at: scans[0]) == old)
            await expectError(.notFound) { try await test.administration.removeFramework("house_aws") }
            try await test.addFramework("house_aws", EstateFrameworks.house)
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), before, "added again")
            let version = try await account(test).postureVersion
            try await test.addFramework("house_aws", EstateFrameworks.house)
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), before, "nothing new")
            #expect(try await account(test).postureVersion >= version)
        }
    }

    @Test("a framework that is added late gives the rows it would have given at publish")
    func lateFramework() async throws {
        let scans = RandomEstate(seed: 53, scans: 2).scans
        var early: [String: [String]] = [:]
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            for (number, statements) in scans.enumerated() { try await test.run(statements, at: Int64(number)) }
            early = try await PostureDump.currentAggregates(test.store)
        }
        try await TestStore.with { test in
            for (number, statements) in scans.enumerated() { try await test.run(statements, at: Int64(number)) }
            try await EstateFrameworks.add(to: test)
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), early, "late")
        }
    }

    @Test("an expired mute ends with the next re-evaluation")
    func expiry() async throws {
        try await with { test, _ in
            let before = try await PostureDump.currentAggregates(test.store)
            let tenant = test.store.tenant
            var rule = MuteRule(
                id: "m", checks: ["*"], reason: "r", expiresAt: Timestamp(milliseconds: 4_000_000_000_000))
            try await test.administration.addMute(rule)
            try await test.administration.finishPending()
            let listed1 = try await test.findings()
            #expect(listed1.allSatisfy { $0.muted })
            // As if the time had come: the same rule with an end in the past, and nothing else touched.
            rule.expiresAt = Timestamp(milliseconds: 1)
            let expired = rule
            try await test.store.database.write { connection in
                _ = try MuteRecords.remove(id: "m", tenant: tenant, connection)
                try MuteRecords.add(expired, tenant: tenant, connection)
            }
            try await test.administration.finishPending()
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), before, "expired")
            // Nothing is left to do.
            let version = try await account(test).postureVersion
            try await test.administration.finishPending()
            #expect(try await account(test).postureVersion == version)
        }
    }

    @Test("a crash between a change and its evaluation leaves it pending, and the next process completes it")
    func crash() async throws {
        try await with { test, _ in
            let before = try await PostureDump.currentAggregates(test.store)
            let rule = MuteRule(id: "m", checks: ["c0"], reason: "r")
            try await test.administration.addMute(rule)
            let muted = try await PostureDump.currentAggregates(test.store)
            try await test.administration.removeMute("m")
            // The first of the two transactions of addMute, and then nothing.
            let tenant = test.store.tenant
            try await test.store.database.write { connection in
                try MuteRecords.add(rule, tenant: tenant, connection)
                try PostureRecords.markPending(tenant: tenant, providers: nil, connection)
            }
            #expect(try await account(test).pending)
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), before, "pending")
            let again = try await test.openAgain()
            try await Administration(store: again).finishPending()
            await again.close()
            #expect(try await account(test).pending == false)
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), muted, "completed")
        }
    }

    @Test("a mutelist replaces the one before and tells what matches nothing")
    func mutelist() async throws {
        try await with { test, _ in
            try await test.administration.addMute(MuteRule(id: "own", checks: ["c1"], reason: "r"))
            let own = try await PostureDump.currentAggregates(test.store)
            func rule(_ id: String, _ check: String) -> MuteRule {
                MuteRule(id: id, checks: [check], reason: "r", origin: .mutelist)
            }
            let first = try await test.administration.applyMutelist([rule("a", "c0"), rule("b", "nothing")])
            #expect(first.map(\.id) == ["b"])
            let rows = try await test.store.read { try $0.mutes() }
            #expect(rows.map(\.rule.id).sorted() == ["a", "b", "own"])
            let listed2 = try await test.findings()
            #expect(listed2.allSatisfy { !["c0", "c1"].contains($0.check.check) || $0.muted })
            #expect(try await test.administration.applyMutelist([]).isEmpty)
            PostureDump.expectEqual(try await PostureDump.currentAggregates(test.store), own, "an empty mutelist")
        }
    }
}
