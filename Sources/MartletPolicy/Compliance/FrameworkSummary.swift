/// How a framework stands in an account: each requirement's status rolled up over the regions, and their counts.
///
/// It is filled from the same single pass that writes the rows; the order of the rows does not matter.
public struct FrameworkSummary: Sendable, Hashable {
    /// The rolled-up status of each requirement, by its position in the framework.
    public private(set) var statuses: [RequirementStatus]

    private var counts: [Int]

    /// A summary of no rows yet: every requirement is NOT_EVALUATED. A negative count of requirements counts as 0.
    public init(requirementCount: Int) {
        let count = max(0, requirementCount)
        statuses = [RequirementStatus](repeating: .notEvaluated, count: count)
        counts = [Int](repeating: 0, count: RequirementStatus.allCases.count)
        counts[RequirementStatus.notEvaluated.rawValue] = count
    }

    /// Takes one row into account. The row must be one of this framework.
    public mutating func add(_ row: ComplianceRow) {
        add(row.status, requirement: Int(row.requirement))
    }

    /// Takes the status of a requirement in one more region into account.
    public mutating func add(_ status: RequirementStatus, requirement: Int) {
        let before = statuses[requirement]
        guard status < before else { return }
        counts[before.rawValue] -= 1
        counts[status.rawValue] += 1
        statuses[requirement] = status
    }

    /// The number of requirements with a rolled-up status.
    public func count(_ status: RequirementStatus) -> Int { counts[status.rawValue] }

    /// Requirements that are PASS.
    public var passed: Int { count(.pass) }
    /// Requirements that are FAIL.
    public var failed: Int { count(.fail) }
    /// Requirements that are MANUAL.
    public var manual: Int { count(.manual) }
    /// Requirements that are ERROR.
    public var error: Int { count(.error) }
    /// Requirements that are INCOMPLETE.
    public var incomplete: Int { count(.incomplete) }
    /// Requirements that are MUTED.
    public var muted: Int { count(.muted) }
    /// Requirements that are NOT_EVALUATED.
    public var notEvaluated: Int { count(.notEvaluated) }
    /// All requirements of the framework.
    public var total: Int { statuses.count }
    /// The status of the framework as a whole: the roll-up of its requirements.
    public var status: RequirementStatus { RequirementStatus.rollUp(statuses) }
}
