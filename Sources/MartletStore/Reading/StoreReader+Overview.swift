import MartletCore
import MartletPolicy

extension StoreReader {
    /// One row per account and framework: requirements counted by their status rolled up over all regions, or in one.
    public func complianceOverview(
        _ filter: AccountFilter, at scan: String? = nil, region: String? = nil, terms: ComplianceTerms = .martlet
    ) throws -> [ComplianceOverviewRow] {
        var rows: [ComplianceOverviewRow] = []
        for view in try views(filter, at: scan) {
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
