/// An account's place in a store: its tenant's number and its own. Every statement on tenant data carries both.
public struct AccountID: Sendable, Hashable {
    /// The tenant's number in the store, from 1.
    public let tenant: Int64
    /// The account's number among those of its tenant, from 1.
    public let account: Int64

    /// Puts a place together from its two numbers.
    public init(tenant: Int64, account: Int64) {
        self.tenant = tenant
        self.account = account
    }

    /// The values of `$1` and `$2`, by which every statement on an account's data begins.
    var values: [Value] { [.int(tenant), .int(account)] }
}
