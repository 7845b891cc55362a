extension StoreReader {
    /// The ids of the provider groups that accounts are in, by the accounts' numbers.
    public func groupsOfAccounts() throws -> [Int64: [String]] {
        try ProviderGroupRecords.groups(tenant: tenant, connection)
    }
}
