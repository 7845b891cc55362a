/// What retention removes rows from, in the order in which it does.
public enum PrunableTable: String, Sendable, Hashable, CaseIterable {
    /// Versions of findings.
    case findings
    /// Versions of resources, each with its rows of `resource_tags`.
    case resources
    /// Rows of compliance.
    case complianceRows = "compliance_rows"
    /// What mutes covered.
    case findingMutes = "finding_mutes"
    /// The coverage that was carried forward.
    case coverage
    /// Which texts of checks held.
    case checkHoldings = "check_holdings"
    /// Summaries of frameworks.
    case frameworkSummaries = "framework_summaries"
    /// ThreatScores.
    case scores
    /// Counts of findings.
    case postures
    /// The text of what one scan covered; the scan's row itself stays.
    case scanCoverage = "scan_coverage"

    /// The table's columns after tenant and account that name one version; nil where rows are not removed by their key.
    var key: [String]? {
        let table: VersionedTable? =
            switch self {
            case .findings, .resources, .scanCoverage: nil
            case .complianceRows: .complianceRows
            case .findingMutes: .findingMutes
            case .coverage: .coverage
            case .checkHoldings: .checkHoldings
            case .frameworkSummaries: .frameworkSummaries
            case .scores: .scores
            case .postures: .postures
            }
        return table.map { $0.keys + ["opened_in"] }
    }

    /// The rows of an account (`$1`, `$2`) that lie before the horizon `$3`.
    ///
    /// A version that closed in the horizon's own generation stays: that scan shows it as gone.
    var condition: String {
        switch self {
        case .scanCoverage:
            // Comparisons begin at the horizon and read the coverage of the scans after it. Rows of scans stay for ever
            // and are not looked at again.
            """
            tenant = $1 AND account = $2 AND generation <= $3 AND coverage IS NOT NULL
            AND generation > (SELECT a.pruned FROM accounts a WHERE a.tenant = $1 AND a.id = $2)
            """
        default: "tenant = $1 AND account = $2 AND closed_in < $3"
        }
    }

    /// The table in the database.
    var tableName: String { self == .scanCoverage ? "scans" : rawValue }
}
