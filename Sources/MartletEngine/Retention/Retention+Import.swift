import MartletCore
import MartletStore

extension Retention {
    /// Rows that an import removes at least, however little it wrote: what makes up for a rule that was set late.
    private static let minimumSlice = 20_000
    /// Transactions that look for unreferenced texts after an import.
    private static let maximumUnreferenced = 100

    /// Prunes the accounts of an import by a slice that grows with what the import wrote. So an estate that is scanned
    /// daily stays tidy without further commands, and no import takes much longer for it.
    ///
    /// - Returns: What the user may want to know: why it did not work. Nil when all is well; the import never fails.
    func tidy(after reports: [ImportReport]) async -> String? {
        do {
            let tenant = store.tenant
            let rows = Dictionary(
                reports.map { ($0.scan.account, Self.slice($0.scan)) }, uniquingKeysWith: { $0 + $1 })
            let (rule, accounts) = try await store.database.read { connection in
                (
                    try RetentionRecords.rule(tenant: tenant, connection),
                    try RetentionRecords.accounts(tenant: tenant, connection)
                )
            }
            for account in accounts {
                guard let budget = rows[account.key] else { continue }
                // What a rule that holds no more has made unreadable goes all the same.
                guard !rule.keepsEverything || account.pruned < account.horizon else { continue }
                let removed = try await prune(account, budget: budget).removed
                if removed[.checkHoldings] != nil {
                    _ = try await removeUnreferenced(.checkTexts, batches: Self.maximumUnreferenced)
                }
                if removed[.frameworkSummaries] != nil { _ = try await removeUnreferenced(.frameworks, batches: 1) }
            }
            return nil
        } catch {
            return "The retention rule could not be applied (\(error)); martlet retention run does it."
        }
    }

    /// Counts come from the store and are not trusted to be reasonable.
    private static func bounded(_ count: Int64) -> Int { Int(min(max(count, 0), 1 << 40)) }

    /// No scan closes more versions than this, so that removing one scan for each new one never falls behind.
    static func slice(_ scan: ScanRow) -> Int {
        let counts = scan.counts
        let changed = counts.new + counts.changed + counts.updated + counts.returned + counts.gone
        // A finding's version, its resource's, a mute's, and the coverage and texts around them.
        return minimumSlice + 4 * bounded(changed) + bounded(scan.complianceRows)
    }
}
