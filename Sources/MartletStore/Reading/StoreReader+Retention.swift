import MartletCore

extension StoreReader {
    /// The tenant's retention rule and what can be read of each account.
    public func retention() throws -> RetentionRow {
        let accounts = try RetentionRecords.accounts(tenant: tenant, connection).map { account in
            let scans = try RetentionRecords.publishedScans(account.id, from: 0, connection)
            let readable = scans.prefix { $0.generation >= account.horizon }
            return RetentionRow.Account(
                account: account.key, oldest: readable.last, scans: scans.count, readable: readable.count,
                unfinished: account.pruned < account.horizon)
        }
        return RetentionRow(rule: try RetentionRecords.rule(tenant: tenant, connection), accounts: accounts)
    }
}
