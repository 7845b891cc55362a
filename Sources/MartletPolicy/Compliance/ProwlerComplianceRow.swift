/// A requirement in one region as Prowler App would store it.
public struct ProwlerComplianceRow: Sendable, Hashable {
    /// The requirement's position in its framework.
    public var requirement: Int32
    /// The region's index in the grid.
    public var region: Int32
    /// One of `pass`, `fail` and `manual`.
    public var status: RequirementStatus
    /// Mapped checks with an unmuted PASS and no unmuted FAIL in the region.
    public var passedChecks: Int32
    /// Mapped checks with an unmuted FAIL in the region.
    public var failedChecks: Int32
    /// All mapped checks, the missing ones included.
    public var totalChecks: Int32
    /// Unmuted PASS findings, in ProwlerThreatScore 1.0 only; else 0.
    public var passedFindings: Int
    /// Unmuted PASS and FAIL findings, in ProwlerThreatScore 1.0 only; else 0.
    public var totalFindings: Int

    /// Makes a row from its parts.
    public init(
        requirement: Int32, region: Int32, status: RequirementStatus, passedChecks: Int32, failedChecks: Int32,
        totalChecks: Int32, passedFindings: Int, totalFindings: Int
    ) {
        self.requirement = requirement
        self.region = region
        self.status = status
        self.passedChecks = passedChecks
        self.failedChecks = failedChecks
        self.totalChecks = totalChecks
        self.passedFindings = passedFindings
        self.totalFindings = totalFindings
    }
}
