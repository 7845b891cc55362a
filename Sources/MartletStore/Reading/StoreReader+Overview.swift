import MartletCore
import MartletPolicy

extension StoreReader {
    /// One row per account and framework: requirements counted by their status rolled up over all regions, or in one.
    public func complianceOverview(
        _ filter: AccountFilter, at scan: String? = nil, region: String? = nil, terms: ComplianceTerms = .martlet
    ) throws -> [ComplianceOverviewRow] {
        let views = try views(filter, at: scan)
        if region == nil, terms == .martlet { return try storedSummaries(views) }
        var rows: [ComplianceOverviewRow] = []
        for view in views {
            for (number, framework) in try frameworks(of: view) {
                var row = ComplianceOverviewRow(
                    account: view.key, framework: framework.id, name: framework.name, version: framework.version,
                    passed: 0, failed: 0, manual: 0, error: 0, incomplete: 0, muted: 0, notEvaluated: 0, total: 0)
                switch terms {
                case .martlet: try count(view, number, framework, region: region, into: &row)
                case .prowler: try countProwler(view, framework, region: region, into: &row)
                }
                rows.append(row)
            }
        }
        return rows
    }

    /// What publish has counted; one statement.
    private func storedSummaries(_ views: [View]) throws -> [ComplianceOverviewRow] {
        let single = views.count == 1 ? views.first : nil
        let generation = single == nil ? "a.published" : "$3"
        var rows: [Int64: [ComplianceOverviewRow]] = [:]
        let keys = Dictionary(views.map { ($0.id.account, $0.key) }) { first, _ in first }
        try connection.query(
            """
            SELECT s.account, f.name, f.label, f.version, s.passed, s.failed, s.manual, s.errored, s.incomplete, s.muted,
                s.not_evaluated
            FROM \(single == nil ? "accounts a JOIN framework_summaries s ON s.account = a.id" : "framework_summaries s")
            JOIN frameworks f ON f.tenant = $1 AND f.id = s.framework
            WHERE s.tenant = $1 AND \(single == nil ? "a.tenant = $1" : "s.account = $2")
            AND s.opened_in <= \(generation) AND (s.closed_in IS NULL OR s.closed_in > \(generation))
            """, [.int(tenant)] + (single.map { [.int($0.id.account), .int($0.generation)] } ?? [])
        ) { row in
            guard let key = keys[row.int(0)] else { return }
            rows[row.int(0), default: []].append(
                ComplianceOverviewRow(
                    account: key, framework: row.text(1), name: row.text(2), version: row.text(3), passed: row.int(4),
                    failed: row.int(5), manual: row.int(6), error: row.int(7), incomplete: row.int(8),
                    muted: row.int(9), notEvaluated: row.int(10), total: (4...10).reduce(0) { $0 + row.int($1) }))
        }
        return views.flatMap { (rows[$0.id.account] ?? []).sorted { $0.framework < $1.framework } }
    }

    private func count(
        _ view: View, _ number: Int64, _ framework: Framework, region: String?, into row: inout ComplianceOverviewRow
    ) throws {
        var summary = FrameworkSummary(requirementCount: framework.requirements.count)
        try storedRows(view, number, regions: region.map { [$0] } ?? []) { stored, _ in summary.add(stored) }
        row.passed = Int64(summary.passed)
        row.failed = Int64(summary.failed)
        row.manual = Int64(summary.manual)
        row.error = Int64(summary.error)
        row.incomplete = Int64(summary.incomplete)
        row.muted = Int64(summary.muted)
        row.notEvaluated = Int64(summary.notEvaluated)
        row.total = Int64(summary.total)
    }

    private func countProwler(
        _ view: View, _ framework: Framework, region: String?, into row: inout ComplianceOverviewRow
    ) throws {
        var summary = ProwlerSummary(requirementCount: framework.requirements.count)
        try prowlerRows(view, framework) { stored, name in
            if region == nil || region == name { summary.add(stored) }
        }
        row.passed = Int64(summary.passed)
        row.failed = Int64(summary.failed)
        row.manual = Int64(summary.manual)
        row.total = Int64(summary.total)
    }
}
