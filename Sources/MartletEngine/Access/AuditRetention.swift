import MartletCore
import MartletStore

/// How long a tenant's audit log reaches back.
public enum AuditRetention {
    /// Removes a tenant's entries that are older than so many days, a portion at a time, as the owner of the tables. What
    /// was done, and by whom, stands in the log itself, from the first portion on. Gives the number removed.
    public static func prune(_ store: Store, keepingDays days: Int, by actor: Actor) async throws -> Int {
        let tenant = store.tenant
        let owner = store.database.scoped(to: .owner)
        let now = try await owner.read { try $0.now() }
        let horizon = Timestamp(milliseconds: now - Int64(days) * 86_400_000)
        let note = AuditNote(
            "prune", "audit-log-entries", "audit-log", [.init("before", .string(horizon.rfc3339))])
        var removed = 0
        while true {
            let isFirst = removed == 0
            let portion = try await owner.write { connection in
                let portion = try AuditRecords.prune(before: horizon, limit: portionSize, tenant: tenant, connection)
                if isFirst { try note.append(by: actor, tenant: tenant, connection) }
                return portion
            }
            removed += portion
            guard portion == Int(portionSize) else { return removed }
        }
    }

    private static let portionSize: Int64 = 2_000
}
