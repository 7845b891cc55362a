/// Which resources a reader wants. Empty and nil mean "any".
public struct ResourceFilter: Sendable, Hashable {
    /// Accounts whose resources are wanted.
    public var accounts: AccountFilter = .init()
    /// Uids or names; `*` and `?` are wildcards.
    public var resources: [String] = []
    /// Types; `*` and `?` are wildcards.
    public var types: [String] = []
    /// Services; `*` and `?` are wildcards.
    public var services: [String] = []
    /// Regions, exactly; the empty string means resources without one.
    public var regions: [String] = []
    /// All of these must be on the resource.
    public var tags: [TagFilter] = []
    /// Only resources with at least one unmuted FAIL finding.
    public var failing = false

    /// No condition: every resource.
    public init() {}
}
