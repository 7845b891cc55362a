import MartletCore
import MartletStore

extension ReadQuery {
    /// The filter of a sample: failed findings of one account, accounts taking turns.
    static func filter(_ sample: Int, accounts: [String]) -> FindingFilter {
        var filter = FindingFilter()
        filter.accounts.accounts = [accounts[sample % accounts.count]]
        filter.statuses = [.fail]
        return filter
    }

    /// Where the page before ``laterPage`` ends in each account's list.
    ///
    /// - Parameter page: The page that ``laterPage`` asks for, from 1.
    static func cursors(before page: Int, accounts: [String], _ reader: StoreReader) throws -> [FindingCursor?] {
        try accounts.indices.map { sample in
            guard page > 1 else { return nil }
            return try reader.findings(filter(sample, accounts: accounts), limit: (page - 1) * pageRows) { _ in }
        }
    }

    /// Asks once and gives the number of rows that came.
    ///
    /// - Parameter cursors: Where ``laterPage`` begins in each account's list.
    func run(_ reader: StoreReader, sample: Int, accounts: [String], cursors: [FindingCursor?]) throws -> Int {
        guard !accounts.isEmpty else { return 0 }
        let account = AccountFilter(accounts: [accounts[sample % accounts.count]])
        switch self {
        case .firstPage:
            var filter = Self.filter(sample, accounts: accounts)
            // Half of the samples want the worst only.
            if sample % 2 == 1 { filter.severities = [.critical, .high] }
            return try reader.findings(filter, after: nil, limit: Self.pageRows).rows.count
        case .laterPage:
            return try reader.findings(
                Self.filter(sample, accounts: accounts), after: cursors[sample % cursors.count], limit: Self.pageRows
            ).rows.count
        case .summary: return try reader.accounts().count
        case .overview: return try reader.complianceOverview(account).count
        case .diff:
            // The last account is the one with two scans.
            let last = AccountFilter(accounts: accounts.suffix(1))
            return try reader.diff(from: nil, to: nil, account: last, after: nil, limit: Self.pageRows).rows.count
        }
    }
}
