import MartletCore

/// Sessions of a tenant's users.
public enum RefreshFamilyRecords {
    /// Begins a session, and removes those of the tenant that have been over for a while.
    public static func begin(
        user: String, expiresAt: Timestamp, tenant: Int64, _ connection: any Connection
    ) throws -> RefreshFamily {
        let now = try connection.now()
        let id = ScanID.make(at: Timestamp(milliseconds: now))
        try connection.execute(
            """
            INSERT INTO refresh_families (tenant, id, user_id, sequence, created_at, used_at, expires_at)
            VALUES ($1, $2, $3, 1, $4, $4, $5)
            """, [.int(tenant), .text(id), .text(user), .int(now), .time(expiresAt)])
        try connection.execute(
            """
            DELETE FROM refresh_families WHERE tenant = $1 AND id IN
                (SELECT id FROM refresh_families WHERE tenant = $1 AND expires_at < $2 ORDER BY expires_at LIMIT 100)
            """, [.int(tenant), .int(now - 86_400_000)])
        return RefreshFamily(id: id, user: user, sequence: 1, expiresAt: expiresAt)
    }

    /// A session, or nil. With `locks` nobody else may change it before the end of the transaction.
    public static func family(
        _ id: String, locks: Bool = false, tenant: Int64, _ connection: any Connection
    ) throws -> RefreshFamily? {
        try connection.first(
            "SELECT \(RefreshFamily.columns) FROM refresh_families WHERE tenant = $1 AND id = $2"
                + (locks ? connection.dialect.forUpdate : ""), [.int(tenant), .text(id)]
        ) { RefreshFamily($0) }
    }

    /// Moves a session to its next token.
    public static func advance(
        _ id: String, to sequence: Int64, expiresAt: Timestamp, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE refresh_families SET sequence = $3, expires_at = $4, used_at = $5 WHERE tenant = $1 AND id = $2
            """, [.int(tenant), .text(id), .int(sequence), .time(expiresAt), .int(try connection.now())])
    }

    /// Ends a session; one that has ended already stays as it was.
    public static func revoke(_ id: String, reason: String, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE refresh_families SET revoked_at = $3, reason = $4
            WHERE tenant = $1 AND id = $2 AND revoked_at IS NULL
            """, [.int(tenant), .text(id), .int(try connection.now()), .text(reason)])
    }

    /// Ends every session of a user in the tenant.
    public static func revokeAll(
        of user: String, reason: String, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE refresh_families SET revoked_at = $3, reason = $4
            WHERE tenant = $1 AND user_id = $2 AND revoked_at IS NULL
            """, [.int(tenant), .text(user), .int(try connection.now()), .text(reason)])
    }
}
