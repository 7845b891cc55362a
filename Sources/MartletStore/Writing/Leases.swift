import MartletCore

/// Fences and leases of accounts.
public enum Leases {
    /// The lease that stands on an account, expired or not.
    public static func current(_ account: AccountID, _ connection: any Connection) throws -> Lease? {
        try connection.first(
            """
            SELECT token, scan, worker, host, pid, expires_at FROM leases WHERE tenant = $1 AND account = $2
            """, account.values
        ) {
            Lease(
                account: account, token: $0.int(0), scan: $0.text(1),
                holder: Worker(name: $0.text(2), host: $0.text(3), pid: $0.int(4)), expiresAt: $0.time(5))
        }
    }

    /// The leases of a tenant that no job holds, expired or not: those of imports. Jobs are rescued by workers.
    public static func ofImports(tenant: Int64, _ connection: any Connection) throws -> [Lease] {
        var leases: [Lease] = []
        try connection.query(
            """
            SELECT account, token, scan, worker, host, pid, expires_at FROM leases l WHERE tenant = $1 AND account > 0
            AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.tenant = l.tenant AND j.account = l.account
                AND j.state = 'running' AND j.token = l.token)
            ORDER BY account
            """, [.int(tenant)]
        ) { row in
            leases.append(
                Lease(
                    account: AccountID(tenant: tenant, account: row.int(0)), token: row.int(1), scan: row.text(2),
                    holder: Worker(name: row.text(3), host: row.text(4), pid: row.int(5)), expiresAt: row.time(6)))
        }
        return leases
    }

    /// Takes the account: a new token, which makes every older one worthless. The caller has made sure that nobody
    /// holds it.
    public static func claim(
        _ account: AccountID, scan: String, worker: Worker, lifetime: Int64, _ connection: any Connection
    ) throws -> Lease {
        try take(
            account, token: try connection.nextToken(), scan: scan, worker: worker, lifetime: lifetime, connection)
    }

    /// Puts a token on the account's fence and a lease beside it.
    static func take(
        _ account: AccountID, token: Int64, scan: String, worker: Worker, lifetime: Int64, _ connection: any Connection
    ) throws -> Lease {
        let expiry = try connection.now() + lifetime
        try connection.execute(
            """
            INSERT INTO fences (tenant, account, token) VALUES ($1, $2, $3)
            ON CONFLICT (tenant, account) DO UPDATE SET token = excluded.token
            """, account.values + [.int(token)])
        try connection.execute(
            """
            INSERT INTO leases (tenant, account, token, scan, worker, host, pid, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant, account) DO UPDATE SET token = excluded.token, scan = excluded.scan,
                worker = excluded.worker, host = excluded.host, pid = excluded.pid, expires_at = excluded.expires_at
            """,
            account.values + [
                .int(token), .text(scan), .text(worker.name), .text(worker.host), .int(worker.pid), .int(expiry),
            ])
        return Lease(
            account: account, token: token, scan: scan, holder: worker, expiresAt: Timestamp(milliseconds: expiry))
    }

    /// Says at the beginning of a transaction that it works under the lease. Until its end a rescue can find and end it.
    public static func announce(_ lease: Lease, _ connection: any Connection) throws {
        try connection.lock(.work(token: lease.token))
    }

    /// Keeps every claim of the account waiting until the end of the transaction, the queue's too, and waits for one that is
    /// under way; makes the fence where there is none. Who claims by ``claim(_:scan:worker:lifetime:_:)`` locks the fence
    /// before looking at the lease.
    public static func lockFence(_ account: AccountID, _ connection: any Connection) throws {
        guard connection.dialect == .postgresql else { return }
        try makeFence(account, connection)
        try connection.withFirst(
            "SELECT 1 FROM fences WHERE tenant = $1 AND account = $2\(connection.dialect.forUpdate)", account.values
        ) { _ in }
    }

    /// Makes the account's fence where there is none.
    static func makeFence(_ account: AccountID, _ connection: any Connection) throws {
        // Without naming a key: two that make it at once meet at any of the table's.
        try connection.execute(
            "INSERT INTO fences (tenant, account, token) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING", account.values)
    }

    /// Proves that the lease's token is still the account's and renews the lease in the same transaction. Throws
    /// ``MartletError/Code/leaseLost`` otherwise, which rolls the transaction back.
    public static func prove(_ lease: Lease, lifetime: Int64, _ connection: any Connection) throws {
        let held = try connection.first(
            "SELECT 1 FROM fences WHERE tenant = $1 AND account = $2 AND token = $3\(connection.dialect.keyShare)",
            lease.account.values + [.int(lease.token)]
        ) { _ in true }
        guard held == true else {
            throw MartletError(.leaseLost, "Another process has taken over the account; nothing was written.")
        }
        try connection.post(
            """
            UPDATE leases SET expires_at = \(connection.dialect.clock) + $4
            WHERE tenant = $1 AND account = $2 AND token = $3
            """, lease.account.values + [.int(lease.token), .int(lifetime)])
    }

    /// Gives the account back. Does nothing when someone else holds it by now.
    public static func release(_ lease: Lease, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM leases WHERE tenant = $1 AND account = $2 AND token = $3",
            lease.account.values + [.int(lease.token)])
    }
}
