/// What became of the findings a scan read. `read = rejected + duplicates + new + changed + updated + unchanged + returned`.
public struct ScanCounts: Sendable, Hashable {
    /// Findings the source stated; a statement about n resources is n findings, an unusable one is one.
    public var read: Int64 = 0
    /// Statements that could not be used.
    public var rejected: Int64 = 0
    /// Statements merged into another of the same finding.
    public var duplicates: Int64 = 0
    /// Never seen before in the account.
    public var new: Int64 = 0
    /// The status differs from the version before.
    public var changed: Int64 = 0
    /// Only severity, the source's mute or the detail differs.
    public var updated: Int64 = 0
    /// Seen, and equal to the published version.
    public var unchanged: Int64 = 0
    /// Seen again after they were gone.
    public var returned: Int64 = 0
    /// Covered and not seen.
    public var gone: Int64 = 0
    /// FAIL before, now PASS or gone.
    public var resolved: Int64 = 0
    /// FAIL again after it was not.
    public var reopened: Int64 = 0
    /// Muted findings of the account after publish.
    public var muted: Int64 = 0
    /// Open findings of the account that were not seen and lay outside the scan's coverage.
    public var outside: Int64 = 0

    /// Whether a finding differs from what was published before.
    public var hasChanges: Bool { new + changed + updated + returned + gone > 0 }

    /// All numbers 0.
    public init() {}
}
