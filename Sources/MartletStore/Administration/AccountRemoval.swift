import MartletCore

/// Removal of everything that is known of an account: first it is hidden, in one short transaction; then its rows go by
/// and by; last what kept others from working on it.
///
/// Every step may be the last for a long time, or be done twice.
public enum AccountRemoval {
    /// Takes the account out of everybody's sight, with its schedules, its groups and its credentials, and with the jobs
    /// that wait for it. Its numbers are not given to another account.
    ///
    /// - Parameter secret: The name of the secret with the account's credentials; nil where it can have none.
    public static func hide(
        _ account: AccountID, _ key: AccountKey, secret: String?, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO account_removals (tenant, account, provider, uid, requested_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant, account) DO NOTHING
            """,
            account.values + [.text(key.provider.name), .text(key.uid), .int(try connection.now())])
        for table in ["schedules", "provider_group_accounts", "ingestion_scans"] {
            try connection.execute("DELETE FROM \(table) WHERE tenant = $1 AND account = $2", account.values)
        }
        if let secret { _ = try SecretRecords.remove(named: secret, tenant: account.tenant, connection) }
        try connection.execute(
            "DELETE FROM jobs WHERE \(subjects) AND state = 'queued' AND kind <> 'account_removal'", account.values)
        try connection.execute("DELETE FROM accounts WHERE tenant = $1 AND id = $2", account.values)
    }

    /// The account with this provider and uid that is being removed; nil when there is none. Of several the oldest.
    public static func underWay(
        _ key: AccountKey, tenant: Int64, _ connection: any Connection
    ) throws -> AccountID? {
        try connection.first(
            """
            SELECT account FROM account_removals WHERE tenant = $1 AND provider = $2 AND uid = $3 ORDER BY account LIMIT 1
            """, [.int(tenant), .text(key.provider.name), .text(key.uid)]
        ) { AccountID(tenant: tenant, account: $0.int(0)) }
    }

    /// Removals that no job is doing or going to do: their last one has failed.
    public static func abandoned(tenant: Int64, _ connection: any Connection) throws -> [AccountID] {
        var accounts: [AccountID] = []
        try connection.query(
            """
            SELECT r.account FROM account_removals r WHERE r.tenant = $1 AND NOT EXISTS (SELECT 1 FROM jobs j
                WHERE j.tenant = $1 AND j.account = r.account AND j.kind = 'account_removal'
                AND j.state IN ('queued', 'running'))
            ORDER BY r.account LIMIT 1000
            """, [.int(tenant)]
        ) { accounts.append(AccountID(tenant: tenant, account: $0.int(0))) }
        return accounts
    }

    /// The tables that are emptied by and by, in their order.
    public static let tables = TableCatalog.ofAccount.filter { !kept.contains($0) }

    /// Removes at most `limit` of the account's rows of a table; fewer than `limit` mean that none is left.
    public static func removeBatch(
        of table: String, _ account: AccountID, limit: Int, _ connection: any Connection
    ) throws -> Int {
        try rows(of: table, account).removeBatch(limit: limit, connection)
    }

    /// Whether nothing of the account is left in ``tables``.
    public static func isDone(_ account: AccountID, _ connection: any Connection) throws -> Bool {
        try tables.allSatisfy { try rows(of: $0, account).isDone(connection) }
    }

    /// Forgets the account itself, once ``isDone(_:_:)``. The fence goes, too, so whoever has proved a lease by it does so
    /// before.
    public static func finish(_ account: AccountID, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE tenants SET last_account = $2 WHERE id = $1 AND last_account < $2", account.values)
        for table in ["leases", "fences"] {
            try connection.execute("DELETE FROM \(table) WHERE \(subjects)", account.values)
        }
        try connection.execute("DELETE FROM account_removals WHERE tenant = $1 AND account = $2", account.values)
    }

    /// Removes the jobs that were to remove the account, where nobody is going to ask for them.
    public static func removeJobs(_ account: AccountID, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM jobs WHERE tenant = $1 AND account = $2", account.values)
    }

    /// What goes at the beginning or at the end.
    private static let kept: Set<String> = ["account_removals", "accounts", "fences", "leases"]

    /// Rows by the subject of a fence: the account's own, and that of tests of its connection.
    private static let subjects = "tenant = $1 AND account IN ($2, \(JobKind.connectionBase) - $2)"

    private static func rows(of table: String, _ account: AccountID) -> RowRemoval {
        let condition =
            table == "jobs" ? "\(subjects) AND kind <> 'account_removal'" : "tenant = $1 AND account = $2"
        return RowRemoval(table, where: condition, account.values)
    }
}
