import MartletCore

/// What an external scanner is asked to look at: an account, and filters that are empty where nothing is filtered.
public struct ExternalScope: Sendable, Hashable {
    /// The account.
    public var account: AccountKey
    /// Regions, in the order in which the scanner is to get them; empty for all.
    public var regions: [String]
    /// Check ids; empty for all.
    public var checks: [String]
    /// Services; empty for all.
    public var services: [String]
    /// Severities; empty for all.
    public var severities: [Severity]

    /// The whole of an account, unless filters are given.
    public init(
        account: AccountKey, regions: [String] = [], checks: [String] = [], services: [String] = [],
        severities: [Severity] = []
    ) {
        self.account = account
        self.regions = regions
        self.checks = checks
        self.services = services
        self.severities = severities
    }
}
