import MartletCore

/// Removal of a tenant with everything it has. From the request on it takes no log-ins and no changes; a job ends what is
/// under way, removes the rows by and by, and at last the tenant's own.
///
/// Every step may be the last for a long time, or be done twice. All of it runs as the tenant, which the connection goes on
/// as.
public enum TenantRemoval {
    /// Marks the tenant. Throws ``MartletError`` (`conflict`) when it is marked already.
    public static func mark(_ tenant: Int64, _ connection: any Connection) throws {
        let marked = try connection.execute(
            "UPDATE tenants SET removing_at = $2, upkeep_at = $3 WHERE id = $1 AND removing_at IS NULL",
            [.int(tenant), .int(try connection.now()), .int(try connection.now() + retryMilliseconds)])
        guard marked == 1 else { throw MartletError.tenantInRemoval }
        for table in ["schedules", "invitation_roles", "invitations"] {
            try connection.execute("DELETE FROM \(table) WHERE tenant = $1", [.int(tenant)])
        }
    }

    /// How long a removal that has failed waits before it is asked for again.
    static let retryMilliseconds: Int64 = 300_000

    /// Whether the tenant is being removed; false when there is none.
    public static func isMarked(_ tenant: Int64, _ connection: any Connection) throws -> Bool {
        try connection.first("SELECT removing_at FROM tenants WHERE id = $1", [.int(tenant)]) { !$0.isNull(0) } ?? false
    }

    /// Ends all that is under way in the tenant but the lease's own work: of nothing else can a transaction commit any more
    /// that has to prove a lease. Comes after the jobs have gone, which could be claimed anew.
    public static func endWork(but own: Lease, _ connection: any Connection) throws {
        let values = own.account.values
        try connection.execute(
            "UPDATE fences SET token = $3 WHERE tenant = $1 AND account <> $2",
            values + [.int(try connection.nextToken())])
        try connection.execute("DELETE FROM leases WHERE tenant = $1 AND account <> $2", values)
    }

    /// The tables that are emptied by and by, in their order: what waits for work first, then accounts, so that the rest is
    /// out of sight; members last, so that they can see it go.
    public static let tables: [String] = {
        let first = ["jobs", "accounts", "secrets", "api_keys"]
        let last = ["roles", "role_users", "refresh_families", "memberships"]
        let rest = (TableCatalog.copied + TableCatalog.notCopied).filter {
            !first.contains($0) && !last.contains($0) && !kept.contains($0)
        }
        return first + rest + last
    }()

    /// Removes at most `limit` of the tenant's rows of a table; fewer than `limit` mean that none is left.
    public static func removeBatch(
        of table: String, but own: Lease, limit: Int, _ connection: any Connection
    ) throws -> Int {
        if table == "memberships" { return try removeMembers(own.account.tenant, limit: limit, connection) }
        let rows = rows(of: table, own)
        guard PostgresSecurity.appendOnlyTables.contains(table) else {
            return try rows.removeBatch(limit: limit, connection)
        }
        // Only the owner of the tables may remove what tenants only add to.
        try connection.enter(.owner)
        let removed = try rows.removeBatch(limit: limit, connection)
        try connection.enter(.tenant(own.account.tenant))
        return removed
    }

    /// Whether nothing is left but the tenant's own row and what the lease's work has. Nobody adds anything afterwards
    /// before the end of the transaction.
    public static func isDone(but own: Lease, _ connection: any Connection) throws -> Bool {
        try connection.withFirst(
            "SELECT 1 FROM tenants WHERE id = $1\(connection.dialect.forUpdate)", [.int(own.account.tenant)]
        ) { _ in }
        return try (tables + ["fences", "leases"]).allSatisfy { try rows(of: $0, own).isDone(connection) }
    }

    /// Removes the tenant itself, once ``isDone(but:_:)``, together with the job that did it. Whoever has proved a lease
    /// does so before.
    public static func finish(_ own: Lease, _ connection: any Connection) throws {
        let tenant = own.account.tenant
        for table in ["leases", "fences", "jobs"] {
            try connection.execute("DELETE FROM \(table) WHERE tenant = $1", [.int(tenant)])
        }
        try connection.enter(.dispatch)
        try connection.lock(.tenants)
        try connection.execute(
            """
            INSERT INTO last_numbers (name, last) VALUES ('tenants', $1)
            ON CONFLICT (name) DO UPDATE SET last = excluded.last WHERE last_numbers.last < excluded.last
            """, [.int(tenant)])
        try connection.execute("DELETE FROM tenants WHERE id = $1", [.int(tenant)])
    }

    private static let kept: Set<String> = ["tenants", "fences", "leases"]

    private static func rows(of table: String, _ own: Lease) -> RowRemoval {
        switch table {
        case "jobs":
            RowRemoval(table, where: "tenant = $1 AND id <> $2", [.int(own.account.tenant), .text(own.scan)])
        case "fences", "leases":
            RowRemoval(table, where: "tenant = $1 AND account <> $2", own.account.values)
        default: RowRemoval(table, where: "tenant = $1", [.int(own.account.tenant)])
        }
    }

    /// Ends memberships. Users who belong to no other tenant go with them: nobody could let them in anywhere.
    private static func removeMembers(_ tenant: Int64, limit: Int, _ connection: any Connection) throws -> Int {
        try AccessLock.takeUsers(connection)
        var users: [String] = []
        try connection.query(
            "SELECT user_id FROM memberships WHERE tenant = $1 ORDER BY user_id LIMIT \(limit)", [.int(tenant)]
        ) { users.append($0.text(0)) }
        try connection.enter(.dispatch)
        for user in users {
            try connection.execute(
                """
                DELETE FROM users WHERE id = $1
                AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.tenant <> $2)
                """, [.text(user), .int(tenant)])
        }
        try connection.enter(.tenant(tenant))
        for user in users {
            try connection.execute(
                "DELETE FROM memberships WHERE tenant = $1 AND user_id = $2", [.int(tenant), .text(user)])
        }
        return users.count
    }
}
