/// How a framework stands in an account in Prowler's terms: each requirement rolled up over the regions, and counts.
public struct ProwlerSummary: Sendable, Hashable {
    /// The rolled-up status of each requirement, by its position; nil for one that has no row.
    public private(set) var statuses: [RequirementStatus?]

    /// A summary of no rows yet. A negative count of requirements counts as 0.
    public init(requirementCount: Int) {
        statuses = [RequirementStatus?](repeating: nil, count: max(0, requirementCount))
    }

    /// Takes one row into account. The row must be one of this framework.
    public mutating func add(_ row: ProwlerComplianceRow) {
        let position = Int(row.requirement)
        statuses[position] = ProwlerTerms.merged(statuses[position], row.status)
    }

    /// Requirements that are PASS.
    public var passed: Int { statuses.count { $0 == .pass } }
    /// Requirements that are FAIL.
    public var failed: Int { statuses.count { $0 == .fail } }
    /// Requirements that are MANUAL.
    public var manual: Int { statuses.count { $0 == .manual } }
    /// Requirements that have a row; all of the framework, or none.
    public var total: Int { statuses.count { $0 != nil } }
}
