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

    /// No condition: every finding.
    public init() {}
}
