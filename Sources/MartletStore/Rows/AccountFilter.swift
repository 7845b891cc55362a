/// Which accounts a reader wants. Empty means all of the tenant.
public struct AccountFilter: Sendable, Hashable {
    /// Account uids, `provider/uid`, or account names, exactly.
    public var accounts: [String] = []
    /// Provider names.
    public var providers: [String] = []

    /// Makes a condition; without arguments all accounts of the tenant.
    public init(accounts: [String] = [], providers: [String] = []) {
        self.accounts = accounts
        self.providers = providers
    }
}
