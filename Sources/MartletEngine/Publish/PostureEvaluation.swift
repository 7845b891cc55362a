import MartletCore
import MartletPolicy
import MartletStore

/// Computes everything that readers see beside findings and resources, and writes what differs: mutes, summary,
/// compliance rows, scores. Runs inside the transaction that publishes a scan or that changes mutes or frameworks.
struct PostureEvaluation {
    let account: AccountID
    let key: AccountKey
    let generation: Int64
    let connection: any Connection

    /// What was computed.
    struct Result: Sendable {
        var complianceRows = 0
        var muted: Int64 = 0
        var groups: [Tallies.Group] = []
    }

    /// Computes and writes. The number of statements depends neither on findings nor on regions or frameworks.
    func run(rules: [MuteRule], catalog: FrameworkCatalog) throws -> Result {
        var catalog = catalog
        try updateMutes(rules)
        var result = Result()
        result.groups = try Tallies.groups(account, generation: generation, current: true, connection)
        result.muted = result.groups.lazy.filter(\.muted).reduce(0) { $0 + $1.count }
        try PostureRecords.replace(result.groups, account, generation: generation, connection)

        let tallies = try AccountTallies.read(
            account, generation: generation, groups: result.groups, connection)
        let config = try Scans.config(account, generation: generation, connection)
        let compiler = FrameworkCompiler(
            provider: key.provider, checks: tallies.indexOfCheck, config: try config.map { try JSONValue.parse($0) })
        let frameworks = try catalog.active(tenant: account.tenant, connection)
            .filter { $0.framework.covers(key.provider) }
        let evaluator = ComplianceEvaluator(grid: tallies.grid)
        var summaries: [(framework: Int64, summary: FrameworkSummary)] = []
        result.complianceRows = try ComplianceRecords.replace(account, generation: generation, connection) { sink in
            for (number, framework) in frameworks {
                var summary = FrameworkSummary(requirementCount: framework.requirements.count)
                try evaluator.evaluate(compiler.compile(framework)) { row in
                    summary.add(row)
                    try sink.add(framework: number, region: tallies.regions[Int(row.region)], row)
                }
                summaries.append((number, summary))
            }
        }
        try ComplianceRecords.replaceSummaries(summaries, account, generation: generation, connection)
        let scores = frameworks.filter(\.framework.isThreatScore).map { number, framework in
            let score = ThreatScore(requirements: compiler.threatScore(framework), totals: tallies.grid.totals)
            return (framework: number, score: score.score, document: score.document.canonicalText)
        }
        try ComplianceRecords.replaceScores(scores, account, generation: generation, connection)
        try PostureRecords.raiseVersion(account, connection)
        return result
    }

    private func updateMutes(_ rules: [MuteRule]) throws {
        let covered = try MuteRecords.coversAny(account, connection)
        guard covered || !rules.isEmpty else { return }
        var matcher = try MuteMatcher(rules)
        let now = Timestamp(milliseconds: try connection.now())
        try MuteRecords.replaceCovered(account, generation: generation, connection) { add in
            guard !rules.isEmpty else { return }
            try MuteRecords.candidates(account, generation: generation, connection) { candidate in
                let rule = matcher.match(
                    check: candidate.check, regions: candidate.regions, resourceUID: candidate.resourceUID,
                    resourceName: candidate.resourceName, tags: candidate.tags, account: key.uid, now: now)
                if let rule { try add(candidate.fingerprint, rule.id, rule.reason) }
            }
        }
    }
}
