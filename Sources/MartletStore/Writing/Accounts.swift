import MartletCore

/// Accounts of a tenant and their counters.
public enum Accounts {
    /// The tenant's number; made when it doesn't exist.
    public static func tenant(named name: String, _ connection: any Connection) throws -> Int64 {
        if let id = try existingTenant(named: name, connection) { return id }
        // Someone else may make it at this moment: look again behind the lock.
        try connection.lock(.tenants)
        if let id = try existingTenant(named: name, connection) { return id }
        try connection.execute(
            "INSERT INTO tenants (id, name) VALUES (\(nextTenant), $1)", [.text(name)])
        return try existingTenant(named: name, connection) ?? 0
    }

    /// An expression for the number of a new tenant. Numbers of tenants that were removed are not given again: whoever
    /// still has such a number must not come into another tenant by it. As the dispatch role.
    static let nextTenant = """
        (SELECT COALESCE(MAX(n), 0) + 1 FROM (SELECT MAX(id) AS n FROM tenants
            UNION ALL SELECT last FROM last_numbers WHERE name = 'tenants') numbers)
        """

    /// The tenant's number, or nil.
    public static func existingTenant(named name: String, _ connection: any Connection) throws -> Int64? {
        try knownTenant(named: name, connection)?.number
    }

    /// The tenant's number, and whether it is being removed; nil when there is none.
    static func knownTenant(
        named name: String, _ connection: any Connection
    ) throws -> (number: Int64, isInRemoval: Bool)? {
        try connection.first("SELECT id, removing_at FROM tenants WHERE name = $1", [.text(name)]) {
            ($0.int(0), !$0.isNull(1))
        }
    }

    /// The account; made when it doesn't exist.
    public static func account(
        _ key: AccountKey, tenant: Int64, _ connection: any Connection
    ) throws -> AccountID {
        if let id = try existingAccount(key, tenant: tenant, connection) { return id }
        try connection.lock(.numbers(table: "accounts", tenant: tenant))
        if let id = try existingAccount(key, tenant: tenant, connection) { return id }
        try connection.execute(
            """
            INSERT INTO accounts (tenant, id, provider, uid, created_at)
            SELECT $1, (SELECT COALESCE(MAX(n), 0) + 1 FROM (SELECT MAX(a.id) AS n FROM accounts a WHERE a.tenant = $1
                    UNION ALL SELECT MAX(r.account) FROM account_removals r WHERE r.tenant = $1
                    UNION ALL SELECT l.last_account FROM tenants l WHERE l.id = $1) numbers),
                $2, $3, (SELECT \(connection.dialect.clock))
            FROM tenants t WHERE t.id = $1 AND t.removing_at IS NULL\(connection.dialect.keyShare)
            """, [.int(tenant), .text(key.provider.name), .text(key.uid)])
        guard let id = try existingAccount(key, tenant: tenant, connection) else { throw MartletError.tenantInRemoval }
        return id
    }

    /// The account, or nil.
    public static func existingAccount(
        _ key: AccountKey, tenant: Int64, _ connection: any Connection
    ) throws -> AccountID? {
        try connection.first(
            "SELECT id FROM accounts WHERE tenant = $1 AND provider = $2 AND uid = $3",
            [.int(tenant), .text(key.provider.name), .text(key.uid)]
        ) { AccountID(tenant: tenant, account: $0.int(0)) }
    }

    /// The account's own name for itself; nil when there is none (any more).
    public static func key(of id: AccountID, _ connection: any Connection) throws -> AccountKey? {
        try connection.first("SELECT provider, uid FROM accounts WHERE tenant = $1 AND id = $2", id.values) { row in
            Provider(name: row.text(0)).map { AccountKey(provider: $0, uid: row.text(1)) }
        } ?? nil
    }

    /// Keeps what a source said of the account; what it did not say stays as it was.
    public static func describe(
        _ id: AccountID, _ description: AccountDescription, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE accounts SET
                name = CASE WHEN $3 <> '' THEN $3 ELSE name END,
                organization = CASE WHEN $4 <> '' THEN $4 ELSE organization END,
                organization_name = CASE WHEN $5 <> '' THEN $5 ELSE organization_name END
            WHERE tenant = $1 AND id = $2
            """,
            id.values + [
                .text(description.name), .text(description.organization), .text(description.organizationName),
            ])
    }

    /// The counters of an account that work on it starts from.
    public static func counters(_ id: AccountID, _ connection: any Connection) throws -> AccountCounters {
        let counters = try connection.first(
            """
            SELECT generation, published, next_resource, posture_version, observed_at
            FROM accounts WHERE tenant = $1 AND id = $2
            """, id.values
        ) {
            AccountCounters(
                generation: $0.int(0), published: $0.int(1), nextResource: $0.int(2), postureVersion: $0.int(3),
                observedAt: $0.optionalTime(4))
        }
        guard let counters else {
            throw MartletError(.notFound, "The account has been removed while work on it was going on.")
        }
        return counters
    }

    /// All accounts of a tenant that have something published.
    public static func published(tenant: Int64, _ connection: any Connection) throws -> [PublishedAccount] {
        var accounts: [PublishedAccount] = []
        try connection.query(
            "SELECT id, provider, uid, pending, published FROM accounts WHERE tenant = $1 AND published > 0 ORDER BY id",
            [.int(tenant)]
        ) { row in
            guard let provider = Provider(name: row.text(1)) else { return }
            accounts.append(
                PublishedAccount(
                    id: AccountID(tenant: tenant, account: row.int(0)),
                    key: AccountKey(provider: provider, uid: row.text(2)), published: row.int(4),
                    pending: row.int(3) != 0))
        }
        return accounts
    }
}
