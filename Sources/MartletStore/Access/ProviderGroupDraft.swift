/// What a group of accounts is to be; of a change, what is nil stays.
public struct ProviderGroupDraft: Sendable, Hashable {
    /// Unique in the tenant.
    public var name: String?
    /// The numbers of its accounts.
    public var accounts: [Int64]?
    /// The ids of the roles that show it.
    public var roles: [String]?

    /// Says nothing.
    public init() {}
}
