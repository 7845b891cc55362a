import MartletCore

/// One framework of one account: requirements rolled up over regions.
public struct ComplianceOverviewRow: Sendable, Hashable {
    /// The account whose published posture, or whose posture at a scan, is counted.
    public var account: AccountKey
    /// The framework's id: its file's name without `.json`.
    public var framework: String
    /// The framework's name as its file gives it.
    public var name: String
    /// The framework's version as its file gives it; may be empty.
    public var version: String
    /// Requirements that are PASS.
    public var passed: Int64
    /// Requirements that are FAIL.
    public var failed: Int64
    /// Requirements that are MANUAL.
    public var manual: Int64
    /// Requirements that are ERROR; always 0 in Prowler's terms, which don't know it. So are the next three.
    public var error: Int64
    /// Requirements that are INCOMPLETE.
    public var incomplete: Int64
    /// Requirements that are MUTED.
    public var muted: Int64
    /// Requirements that are NOT_EVALUATED.
    public var notEvaluated: Int64
    /// All requirements of the framework. In Prowler's terms those that have a row: all, or none where no region has an
    /// unmuted PASS or FAIL.
    public var total: Int64
}
