import MartletCore

/// Which findings a reader wants. Empty collections and nil mean "any"; several values of one field are alternatives,
/// different fields must all hold.
public struct FindingFilter: Sendable, Hashable {
    /// Accounts whose findings are wanted.
    public var accounts: AccountFilter = .init()
    /// Statuses, of which the finding must have one.
    public var statuses: Set<Status> = []
    /// Severities, of which the finding must have one.
    public var severities: Set<Severity> = []
    /// Check ids; `*` and `?` are wildcards.
    public var checks: [String] = []
    /// Check ids, exactly, of which it must be one besides; nil for any.
    public var checkNames: Set<String>?
    /// When the version that is shown was first observed, bounds included; nil for any time.
    public var updated: ClosedRange<Timestamp>?
    /// Services; `*` and `?` are wildcards.
    public var services: [String] = []
    /// Regions, exactly; the empty string means findings that name no region.
    public var regions: [String] = []
    /// Resource uids or names; `*` and `?` are wildcards.
    public var resources: [String] = []
    /// All of these tags must be on the resource. A nil value means any value of the key.
    public var tags: [TagFilter] = []
    /// How the finding must differ from the scan before; `gone` also finds what no longer holds.
    public var deltas: Set<FindingDelta> = []
    /// Only muted (true) or only unmuted (false) findings.
    public var muted: Bool?
    /// Text that the detail, the check's id or title contains, without regard to ASCII case.
    public var search: String?
    /// Identities of findings, of which it must be one; nil for any.
    public var fingerprints: Set<ContentHash>?
    /// What the source itself calls a finding (``FindingRow/sourceUID``), exactly; nil for any.
    public var sourceUIDs: Set<String>?
    /// Resources, of which it must name one; nil for any.
    public var resourceNumbers: Set<ResourceNumber>?
    /// Uids of resources, exactly.
    public var resourceUIDs: [String] = []
    /// Names of resources, exactly.
    public var resourceNames: [String] = []
    /// Types of resources, exactly.
    public var resourceTypes: [String] = []
    /// Categories of the check, exactly.
    public var categories: [String] = []
    /// Parts that texts must contain, without regard to ASCII case.
    public var parts: [FindingText: String] = [:]

    /// No condition: every finding.
    public init() {}
}
