/// What one requirement contributed to a ThreatScore.
public struct ThreatScoreContribution: Sendable, Hashable {
    /// The requirement's id.
    public var id: String
    /// The requirement's section.
    public var section: String
    /// The requirement's level of risk, as given.
    public var levelOfRisk: Int
    /// The requirement's weight, as given.
    public var weight: Int
    /// PASS when all unmuted PASS and FAIL findings of its checks are PASS, FAIL when one is FAIL. Without such findings:
    /// MANUAL when no check is mapped or there is an unmuted MANUAL finding, MUTED when all findings are muted, else
    /// NOT_EVALUATED (where Prowler says PASS).
    public var status: RequirementStatus
    /// Unmuted PASS findings.
    public var passed: Int
    /// Unmuted PASS and FAIL findings.
    public var total: Int
    /// Its term above the line: `passed · weight · (1 + 0.25 · level)`.
    public var numerator: Double
    /// Its term below the line: `total · weight · (1 + 0.25 · level)`; the score is 100 × Σ numerators / Σ denominators.
    public var denominator: Double
    /// The points, 0 to 100, that its FAILs take from the score; they sum up to 100 − score, but for rounding.
    public var lostPoints: Double
    /// Its share of all lost points, 0 to 1; 0 when none is lost.
    public var lostShare: Double

    /// Makes a contribution from its parts.
    public init(
        id: String, section: String, levelOfRisk: Int, weight: Int, status: RequirementStatus, passed: Int, total: Int,
        numerator: Double, denominator: Double, lostPoints: Double, lostShare: Double
    ) {
        self.id = id
        self.section = section
        self.levelOfRisk = levelOfRisk
        self.weight = weight
        self.status = status
        self.passed = passed
        self.total = total
        self.numerator = numerator
        self.denominator = denominator
        self.lostPoints = lostPoints
        self.lostShare = lostShare
    }
}
