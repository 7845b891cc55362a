import MartletCore
import MartletPolicy
import MartletStore

/// Computes everything that readers see beside findings and resources, and writes what differs: mutes, summary,
/// compliance rows, scores. Runs inside the transaction that publishes a scan or that changes mutes or frameworks.
struct PostureEvaluation {
    let account: AccountID
    let key: AccountKey
    let generation: Int64
    /// The generation is published already: mutes or frameworks have changed.
    var isPublished = false
    let connection: any Connection

    /// Raised whenever the same findings would give another posture than before, so that the next publish evaluates again.
    private static let recipe: Int64 = 1

    /// Computes and writes. The number of statements depends neither on findings nor on regions or frameworks.
    ///
    /// `last` is the evaluation before, given where findings, resources and coverage are still those that it saw: when
    /// nothing else has changed either, it holds, and nothing is computed.
    @discardableResult
    func run(rules: [MuteRule], catalog: FrameworkCatalog, last: EvaluatedPosture? = nil) throws -> EvaluatedPosture {
        let now = Timestamp(milliseconds: try connection.now())
        let config = try Scans.config(account, generation: generation, connection)
        let basis = basis(
            rules.filter { !$0.isExpired(at: now) },
            frameworks: try FrameworkRecords.active(tenant: account.tenant, connection), config: config)
        if let last, last.basis == basis {
            try last.keep(account, connection)
            return last
        }
        try updateMutes(rules, now)
        let groups = try Tallies.groups(account, generation: generation, current: true, connection)
        try PostureRecords.replace(groups, account, generation: generation, connection)
        let rows = try evaluate(groups, config: config, catalog)
        let held = try PostureRecords.resources(account, connection)
        let posture = EvaluatedPosture(
            basis: basis, complianceRows: Int64(rows),
            muted: groups.lazy.filter(\.muted).reduce(0) { $0 + $1.count }, resources: held.resources,
            tags: held.tags)
        try posture.keep(account, connection)
        return posture
    }

    /// Everything that the posture depends on beside findings, resources and coverage. `rules` are those that hold now.
    private func basis(_ rules: [MuteRule], frameworks: [Int64], config: String?) -> ContentHash {
        var hasher = ContentHasher()
        hasher.add(Self.recipe)
        hasher.add(config ?? "")
        // A framework's number stands for its content.
        hasher.add(frameworks.count)
        for number in frameworks { hasher.add(number) }
        for rule in rules { hasher.add(rule.json.canonicalText) }
        return hasher.finish()
    }

    /// Evaluates the frameworks and writes what differs; gives the number of compliance rows.
    private func evaluate(
        _ groups: [Tallies.Group], config: String?, _ catalog: FrameworkCatalog
    ) throws -> Int {
        var catalog = catalog
        let tallies = try AccountTallies.read(account, generation: generation, groups: groups, connection)
        let compiler = FrameworkCompiler(
            provider: key.provider, checks: tallies.indexOfCheck, config: try config.map { try JSONValue.parse($0) })
        let frameworks = try catalog.active(tenant: account.tenant, connection)
            .filter { $0.framework.covers(key.provider) }
        let evaluator = ComplianceEvaluator(grid: tallies.grid)
        var summaries: [(framework: Int64, summary: FrameworkSummary)] = []
        let rows = try ComplianceRecords.replace(account, generation: generation, connection) { sink in
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
        return rows
    }

    private func updateMutes(_ rules: [MuteRule], _ now: Timestamp) throws {
        let covered = try MuteRecords.coversAny(account, connection)
        guard covered || !rules.isEmpty else { return }
        var matcher = try MuteMatcher(rules)
        try MuteRecords.replaceCovered(account, generation: generation, isPublished: isPublished, connection) { add in
            guard !rules.isEmpty else { return }
            try MuteRecords.candidates(account, generation: generation, connection) { candidate in
                let rule = matcher.match(
                    check: candidate.check, regions: candidate.regions, resourceUID: candidate.resourceUID,
                    resourceName: candidate.resourceName, tags: candidate.tags, account: key.uid,
                    fingerprint: candidate.fingerprint, now: now)
                if let rule { try add(candidate.fingerprint, rule.id, rule.reason) }
            }
        }
    }
}
