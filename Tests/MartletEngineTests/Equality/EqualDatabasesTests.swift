import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// One store, two drivers: the same inputs give the same posture.
@Suite("Both databases tell the same")
struct EqualDatabasesTests {
    private static let day: Int64 = 86_400_000
    private static let start: Int64 = 1_700_000_000_000

    @Test("over scans, mutes, frameworks and retention of more than ten thousand findings")
    func equal() async throws {
        try await TestStore.with(.sqlite) { one in
            try await TestStore.with(.postgresql) { two in
                try await self.play(PairOfStores(one: one, two: two))
            }
        }
    }

    private func play(_ stores: PairOfStores) async throws {
        var estate = LargeEstate(seed: 71, findings: 10_200)
        try await stores.apply("frameworks") { test in
            try await EstateFrameworks.add(to: test)
            try await test.addFramework("wide_aws", Self.wide(12))
        }
        let first = estate.scan(unseen: 0, other: 8, twice: 4)
        #expect(first.count > 10_500)
        let view = try await stores.apply("first scan", whole: true) { test in
            try await test.run(first, at: Self.start, batch: 3_000)
        }
        #expect(view.findings.count == 10_200 && view.requirements.count > 300 && view.filtered.count > 200)

        try await playAccounts(stores)
        try await playMutes(stores, &estate)
        try await playFrameworks(stores, &estate)
        try await playRetention(stores, &estate)
    }

    /// A source that speaks of two more accounts, twice; the second time it contradicts itself about what is unusable.
    private func playAccounts(_ stores: PairOfStores) async throws {
        for (number, said) in RandomEstate(seed: 72, scans: 2).scans.enumerated() {
            var batch = ObservationBatch()
            for account in try Self.neighbours {
                batch.findings += said.map { $0.observation(at: Self.start + Int64(number), account: account) }
            }
            var broken = Statement(check: "c2", regions: ["r0\nr1"], uid: "broken")
            batch.findings.append(broken.observation(at: Self.start, account: try Self.neighbours[1]))
            broken.regions = []
            broken.tags = [Tag(key: "a\u{1}", value: "")]
            batch.findings.append(broken.observation(at: Self.start, account: try Self.neighbours[0]))
            if number == 1 {
                batch.rejections = [Rejection(place: "line 3", field: "status", message: "unknown", check: "c3")]
            }
            let said = batch
            let view = try await stores.apply("accounts \(number)") { test in
                try await test.run(MemorySource([said, said]))
            }
            #expect(
                view.accounts.count == 3
                    && view.scans.contains { $0.counts.rejected > 1 && $0.counts.outside > 0 } == (number == 1))
        }
    }

    private func playMutes(_ stores: PairOfStores, _ estate: inout LargeEstate) async throws {
        let view = try await stores.apply("a mute") { test in
            try await test.administration.addMute(
                MuteRule(id: "m", checks: ["c1"], regions: ["r*"], reason: "ü"))
        }
        #expect((view.muted.first ?? 0) > 100)
        // Some are gone, some differ, some are said twice, on three checks of twelve.
        let second = estate.scan(checks: ["c0", "c1", "c7"], unseen: 20, other: 15, twice: 10)
        try await stores.apply("second scan") { test in
            try await test.run(second, at: Self.start + Self.day, batch: 700)
        }
        try await stores.apply("a mutelist", whole: true) { test in
            try await test.administration.applyMutelist([
                MuteRule(id: "a", tags: ["a=1|b="], reason: "r", origin: .mutelist),
                MuteRule(id: "b", checks: ["c0"], resources: ["ü*"], reason: "s", origin: .mutelist),
            ])
        }
        try await stores.apply("an end") { test in
            // As if the time of the rule had come.
            let tenant = test.store.tenant
            try await test.store.database.write { connection in
                _ = try MuteRecords.remove(id: "m", tenant: tenant, connection)
                let rule = MuteRule(id: "m", checks: ["c1"], reason: "ü", expiresAt: Timestamp(milliseconds: 1))
                try MuteRecords.add(rule, tenant: tenant, connection)
            }
            try await test.administration.finishPending()
        }
        let scoped = estate.scan(checks: ["c1", "c2"], unseen: 30, other: 5, twice: 0)
        try await stores.apply("third scan, observed") { test in
            try await test.run(
                scoped, at: Self.start + 2 * Self.day, batch: 500, scope: .observed,
                rejections: [Rejection(place: "line 9", field: "uid", message: "missing", check: "c2")])
        }
    }

    private func playFrameworks(_ stores: PairOfStores, _ estate: inout LargeEstate) async throws {
        try await stores.apply("a framework less") { try await $0.administration.removeFramework("score") }
        // What was gone is seen again.
        let fourth = estate.scan(checks: ["c0", "c1", "c2"], unseen: 2, other: 5, twice: 3)
        let view = try await stores.apply("fourth scan") { test in
            try await test.run(fourth, at: Self.start + 3 * Self.day, batch: 900)
        }
        #expect(view.scores.isEmpty && view.filtered.contains { $0.delta == .returned })
        #expect(view.diff.contains { $0.kind == .reopened })
        try await stores.apply("frameworks again") { test in
            try await test.addFramework("score", EstateFrameworks.score)
            try await test.addFramework("wide_aws", Self.wide(9))
            try await test.administration.removeMute("m")
        }
    }

    private func playRetention(_ stores: PairOfStores, _ estate: inout LargeEstate) async throws {
        for account in try Self.neighbours {
            try await stores.compare(scans: (1...2).map { "\(account) \($0)" }, "the past of \(account)")
        }
        try await stores.compare(scans: (2...4).map { "\(try Statement.account) \($0)" }, "the past")
        try await stores.apply("retention") { test in
            let retention = Retention(store: test.store)
            try await retention.setRule(RetentionRule(keepScans: 2))
            _ = try await retention.run()
        }
        let fifth = estate.scan(checks: ["c3", "c4"], unseen: 40, other: 3, twice: 1)
        let view = try await stores.apply("fifth scan, full", whole: true) { test in
            try await test.run(fifth, at: Self.start + 4 * Self.day, scope: .full)
        }
        #expect(view.findings.count < 3_000)
        try await stores.compare(scans: (4...5).map { "\(try Statement.account) \($0)" }, "what is left of the past")
    }

    private static var neighbours: [AccountKey] {
        get throws { try ["aws", "azure"].map { AccountKey(provider: try #require(Provider(name: $0)), uid: "222") } }
    }

    /// A framework of many requirements.
    private static func wide(_ checks: Int) -> String {
        let requirements = (0..<40).map { number in
            let mapped = (0..<(number % 4)).map { "\"c\((number * 5 + $0 * 3) % checks)\"" }.joined(separator: ", ")
            return #"{"Id": "W\#(number)", "Description": "", "Attributes": [], "Checks": [\#(mapped)]}"#
        }
        return """
            {"Framework": "Wide", "Name": "Wide", "Version": "\(checks)", "Provider": "AWS",
             "Requirements": [\(requirements.joined(separator: ", "))]}
            """
    }
}
