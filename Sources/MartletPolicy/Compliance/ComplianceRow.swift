/// What the checks mapped to one requirement say in one region.
public struct ComplianceRow: Sendable, Hashable {
    /// The requirement's position in its framework.
    public var requirement: Int32
    /// The region's index in the grid.
    public var region: Int32
    /// By the table of ``ComplianceEvaluator``.
    public var status: RequirementStatus
    /// Mapped checks with an unmuted PASS and no unmuted FAIL.
    public var passedChecks: Int32
    /// Mapped checks with an unmuted FAIL. It may be 0 in a row that is FAIL for a violated configuration constraint.
    public var failedChecks: Int32
    /// Mapped checks with any finding, muted and MANUAL ones included, or with a coverage that says they ran.
    public var evaluatedChecks: Int32
    /// All mapped checks, the missing ones included.
    public var totalChecks: Int32
    /// Unmuted PASS findings of the mapped checks.
    public var passedFindings: Int
    /// Unmuted PASS and FAIL findings of the mapped checks.
    public var totalFindings: Int

    /// Makes a row from its parts.
    public init(
        requirement: Int32, region: Int32, status: RequirementStatus, passedChecks: Int32, failedChecks: Int32,
        evaluatedChecks: Int32, totalChecks: Int32, passedFindings: Int, totalFindings: Int
    ) {
        self.requirement = requirement
        self.region = region
        self.status = status
        self.passedChecks = passedChecks
        self.failedChecks = failedChecks
        self.evaluatedChecks = evaluatedChecks
        self.totalChecks = totalChecks
        self.passedFindings = passedFindings
        self.totalFindings = totalFindings
    }
}
