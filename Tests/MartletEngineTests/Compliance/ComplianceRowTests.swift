import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

extension TestStore {
    func rows(
        _ framework: String, byRegion: Bool = true, at scan: String? = nil, terms: ComplianceTerms = .martlet
    ) async throws -> [NaiveCompliance.Row] {
        try await store.read { reader in
            var rows: [NaiveCompliance.Row] = []
            try reader.complianceRequirements(
                framework: framework, AccountFilter(), byRegion: byRegion, at: scan, terms: terms
            ) { rows.append(NaiveCompliance.Row($0)) }
            return rows
        }
    }

    func naive(at scan: String? = nil, generation: Int64) async throws -> NaiveCompliance {
        NaiveCompliance(
            findings: try await findings(at: scan), covered: Set(try await coverage(at: generation).map(\.region)))
    }

    func score(at scan: String? = nil) async throws -> ScoreRow? {
        try await store.read { try $0.scores(AccountFilter(), at: scan).first }
    }
}

/// Compliance on the road, in both terms, against rows computed from the list of findings.
@Suite("Compliance on the road")
struct ComplianceRowTests {
    private static func expectEqual(
        _ found: [NaiveCompliance.Row], _ expected: [NaiveCompliance.Row], _ context: String
    ) {
        #expect(found.count == Set(found).count, "\(context): a row is there twice")
        let (one, two) = (Set(found), Set(expected))
        guard one != two else { return }
        Issue.record(
            "\(context): found \(one.subtracting(two).prefix(2)), expected \(two.subtracting(one).prefix(2))")
    }

    private func check(
        _ test: TestStore, at scan: String? = nil, generation: Int64, daysViolated: Bool, _ context: String
    ) async throws {
        let naive = try await test.naive(at: scan, generation: generation)
        let house = EstateFrameworks.houseRequirements(daysViolated: daysViolated)
        Self.expectEqual(try await test.rows("house_aws", at: scan), house.flatMap(naive.rows), "\(context), house")
        Self.expectEqual(
            try await test.rows("score", at: scan), EstateFrameworks.scoreRequirements.flatMap(naive.rows),
            "\(context), score")
        Self.expectEqual(
            try await test.rows("house_aws", at: scan, terms: .prowler),
            house.flatMap { naive.prowlerRows($0, countsFindings: false) }, "\(context), Prowler's house")
        Self.expectEqual(
            try await test.rows("score", at: scan, terms: .prowler),
            EstateFrameworks.scoreRequirements.flatMap { naive.prowlerRows($0, countsFindings: true) },
            "\(context), Prowler's score")
        let score = try await test.score(at: scan)
        #expect(score?.score == naive.score(EstateFrameworks.scoreRequirements), "\(context)")
    }

    @Test("both terms, now and at every old scan, with mutes", arguments: [31, 32, 33, 34] as [UInt64])
    func rows(seed: UInt64) async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            try await test.administration.addMute(MuteRule(id: "m", checks: ["c1"], resources: ["u*"], reason: "r"))
            let estate = RandomEstate(seed: seed, scans: 3)
            var scans: [String] = []
            for (number, statements) in estate.scans.enumerated() {
                let report = try await test.run(statements, at: Int64(number))
                scans.append(report.scan.id)
                try await self.check(
                    test, generation: Int64(number + 1), daysViolated: false, "seed \(seed), scan \(number)")
                #expect(report.scan.complianceRows == Int64(try await test.rows("house_aws").count * 8 / 5))
                let all = try await test.findings()
                for finding in all where finding.check.check == "c1" && finding.resource.uid.hasPrefix("u") {
                    #expect(finding.muted && finding.mutedReason == "r")
                }
                #expect(report.scan.counts.muted == Int64(all.count { $0.muted }))
            }
            for (number, scan) in scans.enumerated() {
                try await self.check(
                    test, at: scan, generation: Int64(number + 1), daysViolated: false, "seed \(seed), at \(number)")
            }
        }
    }

    @Test(
        "roll-ups: FAIL > ERROR > INCOMPLETE > MANUAL > PASS > MUTED > NOT_EVALUATED", arguments: [41, 42] as [UInt64])
    func rollUp(seed: UInt64) async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            try await test.run(RandomEstate(seed: seed, scans: 1).scans[0], at: 1)
            let rank = RequirementStatus.allCases.map(\.name)
            let byRegion = Dictionary(grouping: try await test.rows("house_aws"), by: \.requirement)
            var counts: [String: Int64] = [:]
            for row in try await test.rows("house_aws", byRegion: false) {
                let here = try #require(byRegion[row.requirement])
                #expect(row.status == rank.first { name in here.contains { $0.status == name } })
                #expect(row.totalFindings == here.map(\.totalFindings).reduce(0, +))
                counts[row.status, default: 0] += 1
            }
            let overview = try await test.store.read { try $0.complianceOverview(AccountFilter()) }
            let house = try #require(overview.first { $0.framework == "house_aws" })
            #expect(house.total == 5)
            let told = [
                house.failed, house.error, house.incomplete, house.manual, house.passed, house.muted,
                house.notEvaluated,
            ]
            #expect(told == rank.map { counts[$0] ?? 0 })
        }
    }

    @Test("a configuration constraint counts, and stays with the scan that was imported with it")
    func constraints() async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            let statements = [Statement(check: "c3", status: .pass), Statement(check: "c0", status: .pass)]
            var scans: [String] = []
            for (number, config) in ["{\"days\": 45}", "{\"days\": 90}", "{\"aws\": {\"days\": 46}}"].enumerated() {
                var options = ImportOptions()
                options.config = try JSONValue.parse(config)
                let source = MemorySource(statements, at: Int64(number))
                scans.append(try #require(try await test.run(source, options).first).scan.id)
                try await self.check(
                    test, generation: Int64(number + 1), daysViolated: number > 0, "config \(number)")
            }
            // A re-evaluation uses the configuration of the published scan.
            try await test.administration.addMute(MuteRule(id: "m", checks: ["none"], reason: "r"))
            try await self.check(test, generation: 3, daysViolated: true, "after a mute")
            try await self.check(test, at: scans[0], generation: 1, daysViolated: false, "the first scan")
        }
    }

    @Test("no score where nothing was evaluated, and 0 is a score")
    func score() async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            try await test.run([Statement(check: "elsewhere")], at: 1)
            let none = try #require(try await test.score())
            #expect(none.score == nil)
            #expect(none.document["score"] == JSONValue.null)
            try await test.run([Statement(check: "c0", regions: [])], at: 2, scope: .full)
            let found = try await test.score()?.score
            #expect(found == 0)
            // A finding without a region is in no row, but in the score.
            #expect(try await test.rows("score", terms: .prowler).isEmpty)
            try await test.run([Statement(check: "c0", regions: [], muted: true)], at: 3)
            let found2 = try await test.score()?.score
            #expect(found2 == nil)
        }
    }

    @Test("a finding in several regions counts in each; one without is in none")
    func regions() async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            let statements = [
                Statement(check: "c0", regions: ["r0", "r1"], uid: "a"), Statement(check: "c1", regions: [], uid: "b"),
                Statement(check: "c1", regions: ["r2"], uid: "c", status: .pass),
            ]
            try await test.run(statements, at: 1)
            let rows = try await test.rows("house_aws").filter { $0.requirement == "A" }
            #expect(
                Dictionary(uniqueKeysWithValues: rows.map { ($0.region, $0.status) }) == [
                    "r0": "FAIL", "r1": "FAIL", "r2": "PASS",
                ])
            #expect(try await test.findings().count == 3)
        }
    }
}
