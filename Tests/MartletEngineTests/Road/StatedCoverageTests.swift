import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// A source that says itself what became of its checks.
@Suite("The road: coverage that the source states")
struct StatedCoverageTests {
    /// Two checks in two regions.
    private static let before: [Statement] = [
        Statement(check: "c0", regions: ["r0"], uid: "a"), Statement(check: "c0", regions: ["r1"], uid: "b"),
        Statement(check: "c1", regions: ["r0"], uid: "c"), Statement(check: "c1", regions: ["r1"], uid: "d"),
    ]

    private static func statement(
        _ check: String, _ region: String?, _ state: CoverageState, _ message: String? = nil
    ) throws -> CoverageStatement {
        CoverageStatement(
            account: try Statement.account, check: check, region: region, state: state,
            gap: message.map { CoverageGap(call: "/list", permission: "x/read", message: $0) })
    }

    private func source(
        _ statements: [Statement], _ coverage: [CoverageStatement], at time: Int64
    ) throws -> MemorySource {
        let account = try Statement.account
        var batch = ObservationBatch()
        batch.findings = statements.map { $0.observation(at: time, account: account) }
        var last = ObservationBatch()
        last.coverage = coverage
        return MemorySource([batch, last], scanner: "martlet")
    }

    private func complete(_ statements: [Statement], at time: Int64) throws -> MemorySource {
        try source(
            statements,
            [Self.statement("c0", nil, .noResources), Self.statement("c1", nil, .noResources)]
                + Set(statements.flatMap { one in one.regions.map { [one.check, $0] } }).map {
                    try Self.statement($0[0], $0[1], .evaluated)
                }, at: time)
    }

    /// What a state of c0 in r0 means for a finding that is not seen there, beside c1 that is evaluated everywhere.
    @Test("only what was looked at is gone", arguments: CoverageState.allCases)
    func states(state: CoverageState) async throws {
        try await TestStore.with { test in
            try await test.run(try complete(Self.before, at: 1))
            let coverage = [
                try Self.statement("c0", "r0", state, state.closesFindings ? nil : "why"),
                try Self.statement("c0", nil, .evaluated), try Self.statement("c1", nil, .evaluated),
            ]
            let report = try #require(try await test.run(try source([Self.before[2]], coverage, at: 2)).first)
            let open = Set(try await test.findings().map(\.resource.uid))
            #expect(open == (state.closesFindings ? ["c"] : ["a", "c"]))
            #expect(report.scan.counts.gone == (state.closesFindings ? 3 : 2))
            #expect(report.scan.counts.outside == (state.closesFindings ? 0 : 1))
            #expect(report.scan.state == (state.isGap ? .completedWithGaps : .completed))
            #expect(report.hints.isEmpty == state.closesFindings)
            let gaps =
                state.closesFindings
                ? []
                : [
                    ScanGap(
                        state: state, gap: CoverageGap(call: "/list", permission: "x/read", message: "why"),
                        checks: ["c0"],
                        regions: ["r0"])
                ]
            #expect(report.scan.gaps == gaps)
            #expect(try await test.store.read { try $0.scan(report.scan.id) }?.gaps == gaps)
        }
    }

    @Test("a check that failed everywhere closes nothing, also in regions that only earlier scans know")
    func everywhere() async throws {
        try await TestStore.with { test in
            try await test.run(try complete(Self.before, at: 1))
            let coverage = [try Self.statement("c0", nil, .denied, "no"), try Self.statement("c1", nil, .noResources)]
            let report = try #require(try await test.run(try source([], coverage, at: 2)).first)
            #expect(Set(try await test.findings().map(\.resource.uid)) == ["a", "b"])
            #expect(report.scan.counts.gone == 2 && report.scan.counts.outside == 2)
            let states = try await test.coverage()
            #expect(states == ["c0 r0": .denied, "c0 r1": .denied, "c1 r0": .noResources, "c1 r1": .noResources])
            // A scan that works again closes them.
            let again = try #require(try await test.run(try complete([], at: 3)).first)
            #expect(again.scan.state == .completed && again.scan.counts.gone == 2)
            #expect(try await test.findings().isEmpty)
            #expect(Set(try await test.coverage().values) == [.noResources])
        }
    }

    @Test("a check of which nothing is said keeps its findings and its coverage")
    func partial() async throws {
        try await TestStore.with { test in
            try await test.run(try complete(Self.before, at: 1))
            let coverage = [try Self.statement("c0", nil, .noResources)]
            let report = try #require(try await test.run(try source([], coverage, at: 2)).first)
            #expect(Set(try await test.findings().map(\.resource.uid)) == ["c", "d"])
            #expect(report.scan.state == .completed && report.scan.counts.gone == 2)
            #expect(try await test.coverage()["c1 r0"] == .evaluated)
        }
    }

    @Test("a scan that finds nothing at all is a scan")
    func nothing() async throws {
        try await TestStore.with { test in
            let report = try #require(
                try await test.run(try source([], [Self.statement("c0", "global", .noResources)], at: 1)).first)
            #expect(report.scan.state == .completed && report.scan.counts.read == 0)
            #expect(report.scan.source == "martlet")
            #expect(try await test.coverage() == ["c0 global": .noResources])
        }
    }

    @Test("of two statements about the same the one holds that promises less")
    func contradiction() throws {
        for left in CoverageState.allCases {
            for right in CoverageState.allCases {
                var log = CoverageLog()
                try log.add(Self.statement("c", "r", left))
                try log.add(Self.statement("c", "r", right))
                let merged = log.states.values.first
                #expect(log.states.count == 1 && merged == CoverageState.merge(right, left))
                #expect(merged == left || merged == right)
                if merged?.closesFindings == true { #expect(left.closesFindings && right.closesFindings) }
                if merged?.isEvaluated == true { #expect(left.isEvaluated && right.isEvaluated) }
                if left.isGap || right.isGap { #expect(merged?.isGap == true) }
            }
        }
    }
}

extension TestStore {
    /// What is known of the account's coverage: `check region` and its state.
    fileprivate func coverage() async throws -> [String: CoverageState] {
        let tenant = store.tenant
        let key = try Statement.account
        return try await store.database.read { connection in
            guard let account = try Accounts.existingAccount(key, tenant: tenant, connection) else { return [:] }
            let checks = try Names.all(.check, tenant: tenant, connection)
            let regions = try Names.all(.region, tenant: tenant, connection)
            let published = try Accounts.counters(account, connection).published
            var states: [String: CoverageState] = [:]
            try CoverageRecords.entries(account, generation: published, connection) { entry in
                states["\(checks[entry.check] ?? "?") \(regions[entry.region] ?? "?")"] = entry.state
            }
            return states
        }
    }
}
