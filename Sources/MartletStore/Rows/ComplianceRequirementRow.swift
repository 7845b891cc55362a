import MartletCore
import MartletPolicy

/// One requirement of one account, in one region or rolled up over all of them.
public struct ComplianceRequirementRow: Sendable, Hashable {
    /// The account whose checks are counted.
    public var account: AccountKey
    /// The framework's id: its file's name without `.json`.
    public var framework: String
    /// The framework's version as its file gives it; may be empty.
    public var version: String
    /// The requirement's id, unique in its framework.
    public var requirement: String
    /// What the framework demands, in the words of its file; may be empty.
    public var description: String
    /// Nil for a row that is rolled up over regions.
    public var region: String?
    /// `PASS`, `FAIL`, … in the terms that were asked for.
    public var status: String
    /// Mapped checks with an unmuted PASS and no unmuted FAIL. Over all regions the largest number in one of them,
    /// because a check in two regions is one check; so are the next two.
    public var passedChecks: Int64
    /// Mapped checks with an unmuted FAIL.
    public var failedChecks: Int64
    /// Mapped checks about which anything was said; in Prowler's terms those that passed or failed.
    public var evaluatedChecks: Int64
    /// All checks mapped to the requirement for the account's provider.
    public var totalChecks: Int64
    /// Unmuted PASS findings of the mapped checks; over all regions their sum, so a finding of two regions counts in
    /// each. In Prowler's terms 0 unless the framework is its ThreatScore.
    public var passedFindings: Int64
    /// Unmuted PASS and FAIL findings, counted likewise.
    public var totalFindings: Int64
}
