/// What a role allows. Reading needs none of them: it is a matter of visibility.
public struct Permissions: OptionSet, Sendable, Hashable {
    /// One bit for each, as the database keeps them.
    public let rawValue: Int64

    /// Takes bits; those without a meaning are kept and mean nothing.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Users of the tenant: see, change and remove them.
    public static let manageUsers = Permissions(rawValue: 1 << 0)
    /// The tenant's own affairs: roles, invitations, API keys, the audit log.
    public static let manageAccount = Permissions(rawValue: 1 << 1)
    /// Kept for clients that know it; Martlet asks it for nothing.
    public static let manageBilling = Permissions(rawValue: 1 << 2)
    /// Accounts, their secrets and groups.
    public static let manageProviders = Permissions(rawValue: 1 << 3)
    /// Connections to other systems.
    public static let manageIntegrations = Permissions(rawValue: 1 << 4)
    /// Scans, schedules and mutes.
    public static let manageScans = Permissions(rawValue: 1 << 5)

    /// All six.
    public static let all = Permissions(rawValue: 63)

    /// Each with its name in the API, in the order in which it is shown.
    public static let named: [(name: String, permission: Permissions)] = [
        ("manage_users", .manageUsers), ("manage_account", .manageAccount), ("manage_billing", .manageBilling),
        ("manage_providers", .manageProviders), ("manage_integrations", .manageIntegrations),
        ("manage_scans", .manageScans),
    ]

    /// The names of those in the set.
    public var names: [String] { Self.named.filter { contains($0.permission) }.map(\.name) }

    /// The permission of this name, or nil.
    public init?(name: String) {
        guard let known = Self.named.first(where: { $0.name == name }) else { return nil }
        self = known.permission
    }
}
