import MartletCore
import MartletStore

/// How long a tenant's audit log reaches back.
public enum AuditRetention {
    /// Removes a tenant's entries that are older than so many days, a portion at a time, as the owner of the tables. Gives
    /// the number removed.
    public static func prune(_ store: Store, keepingDays days: Int) async throws -> Int {
        let tenant = store.tenant
        let owner = store.database.scoped(to: .owner)
        let now = try await owner.read { try $0.now() }
        let horizon = Timestamp(milliseconds: now - Int64(days) * 86_400_000)
        var removed = 0
        while true {
            let portion = try await owner.write {
                try AuditRecords.prune(before: horizon, limit: portionSize, tenant: tenant, $0)
            }
            removed += portion
            guard portion == Int(portionSize) else { return removed }
        }
    }

    private static let portionSize: Int64 = 2_000
}
