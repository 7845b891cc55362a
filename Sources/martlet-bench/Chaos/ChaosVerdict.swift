import MartletCore
import MartletStore

/// What must hold once everything has ended.
struct ChaosVerdict: Sendable {
    let store: Store
    let estate: ChaosEstate
    /// The scans that were asked for.
    let scans: Set<String>

    /// What does not hold, in words.
    func violations() async throws -> [String] {
        var wrong: [String] = []
        let rows = try await store.read { try $0.scans() }
        let known = Set(rows.map(\.id))
        for id in scans.subtracting(known) { wrong.append("scan \(id) is gone") }
        for row in rows where row.state != .completed { wrong.append("scan \(row.id) is \(row.state.rawValue)") }
        for account in estate.accounts {
            let own = rows.filter { $0.account.uid == account }
            if Set(own.map(\.generation)).count != own.count {
                wrong.append("account \(account): two scans have one generation")
            }
            guard let last = own.max(by: { $0.generation < $1.generation }),
                let file = estate.file(of: last.origin, account: account)
            else { continue }
            let summary = try await store.read { try $0.accounts(AccountFilter(accounts: [account])).first?.summary }
            let (total, fails) = (summary?.total ?? 0, summary?.byStatus[.fail] ?? 0)
            if total != Int64(file.findings) || fails != Int64(file.fails) {
                wrong.append(
                    "account \(account): \(total) findings, \(fails) of them FAIL; expected \(file.findings) and "
                        + "\(file.fails)")
            }
        }
        for (name, sql) in Self.questions {
            let tenant = store.tenant
            let count = try await store.database.read { try $0.first(sql, [.int(tenant)]) { $0.int(0) } ?? 0 }
            if count != 0 { wrong.append("\(name): \(count)") }
        }
        return wrong
    }

    /// Counts that must be 0.
    private static let questions = [
        "findings open twice": """
        SELECT COUNT(*) FROM (SELECT 1 FROM findings WHERE tenant = $1 AND closed_in IS NULL
        GROUP BY account, fingerprint HAVING COUNT(*) > 1) d
        """,
        "resources open twice": """
        SELECT COUNT(*) FROM (SELECT 1 FROM resources WHERE tenant = $1 AND closed_in IS NULL
        GROUP BY account, uid HAVING COUNT(*) > 1) d
        """,
        "rows of no published generation": """
        SELECT COUNT(*) FROM findings f JOIN accounts a ON a.tenant = f.tenant AND a.id = f.account
        WHERE f.tenant = $1 AND (f.opened_in > a.published OR f.closed_in > a.published)
        """,
        "posture counts": """
        SELECT COUNT(*) FROM accounts a WHERE a.tenant = $1 AND
        (SELECT COALESCE(SUM(p.findings), 0) FROM postures p
         WHERE p.tenant = a.tenant AND p.account = a.id AND p.closed_in IS NULL) <>
        (SELECT COUNT(*) FROM findings f WHERE f.tenant = a.tenant AND f.account = a.id AND f.closed_in IS NULL)
        """,
        // From claim to claim of one scan they grow, which is seen while it runs (ChaosWatch).
        "tokens given twice": """
        SELECT COUNT(*) - COUNT(DISTINCT token) FROM jobs WHERE tenant = $1 AND token > 0
        """,
        "tokens ahead of their fence": """
        SELECT COUNT(*) FROM jobs j LEFT JOIN fences f ON f.tenant = j.tenant AND f.account = j.account
        WHERE j.tenant = $1 AND j.token > COALESCE(f.token, 0)
        """,
        "leases": "SELECT COUNT(*) FROM leases WHERE tenant = $1",
        "unfinished jobs": "SELECT COUNT(*) FROM jobs WHERE tenant = $1 AND state IN ('queued', 'running')",
    ]
}
