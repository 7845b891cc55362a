/// Which accounts a reader wants. Empty means all of the tenant.
public struct AccountFilter: Sendable, Hashable {
    /// Account uids, `provider/uid`, or account names, exactly.
    public var accounts: [String] = []
    /// Provider names.
    public var providers: [String] = []
    /// Numbers of accounts, of which it must be one; nil for any. An account that is asked for by name and not among them
    /// does not exist for the reader.
    public var numbers: Set<Int64>?

    /// No condition at all.
    var isEmpty: Bool { accounts.isEmpty && providers.isEmpty && numbers == nil }

    /// Makes a condition; without arguments all accounts of the tenant.
    public init(accounts: [String] = [], providers: [String] = [], numbers: Set<Int64>? = nil) {
        self.accounts = accounts
        self.providers = providers
        self.numbers = numbers
    }
}
