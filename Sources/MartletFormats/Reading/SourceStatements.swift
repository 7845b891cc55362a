import MartletCore

/// What is remembered of a file beyond one element: its scanner and the accounts it has described.
final class SourceStatements {
    /// What a scanner is called that doesn't say its name.
    static let unnamedScanner = "ocsf"
    /// So many accounts are remembered as described; after that they are described again, which does no harm.
    private static let maximumAccounts = 100_000

    var scanner: String?
    private var described: Set<AccountKey> = []
    private var lastAccount: (provider: String, key: AccountKey)?

    /// A finding's product against the file's scanner, which the first finding determines.
    func accept(product: String, field: String) throws(Refusal) {
        guard let scanner else {
            scanner = product.isEmpty ? Self.unnamedScanner : product.lowercased()
            return
        }
        if product.isEmpty || product == scanner || product.lowercased() == scanner { return }
        throw Refusal(
            field,
            "the finding is by \(Refusal.quoted(product)), but the file's first finding is by "
                + "\(Refusal.quoted(scanner)); one file holds the findings of one scanner")
    }

    /// The account's key; nearly always that of the finding before.
    func account(provider: String, uid: String, field: String) throws(Refusal) -> AccountKey {
        if let lastAccount, lastAccount.key.uid == uid, lastAccount.provider == provider { return lastAccount.key }
        guard let known = Provider(name: provider) else {
            throw Refusal(
                field,
                "the provider \(Refusal.quoted(provider)) is unknown; known are \(Provider.known.joined(separator: ", "))"
            )
        }
        let key = AccountKey(provider: known, uid: uid)
        lastAccount = (provider, key)
        return key
    }

    /// Adds the account's description to the batch if the account was not met before.
    func describe(
        _ account: AccountKey, in batch: inout ObservationBatch, as description: () -> AccountDescription
    ) {
        if account == lastDescribed { return }
        lastDescribed = account
        guard !described.contains(account) else { return }
        if described.count >= Self.maximumAccounts { described.removeAll() }
        described.insert(account)
        batch.accounts[account] = description()
    }

    private var lastDescribed: AccountKey?
}
