import MartletCore

/// Who belongs to which tenant.
public enum MembershipRecords {
    /// Makes a user a member. Throws ``MartletError`` `conflict` when the user is one already.
    @discardableResult
    public static func add(
        _ user: String, as role: MembershipRow.Role, tenant: Int64, _ connection: any Connection
    ) throws -> MembershipRow {
        let now = try connection.now()
        let rows = try connection.execute(
            """
            INSERT INTO memberships (tenant, user_id, id, role, created_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant, user_id) DO NOTHING
            """,
            [
                .int(tenant), .text(user), .text(ScanID.make(at: Timestamp(milliseconds: now))), .text(role.rawValue),
                .int(now),
            ])
        guard rows == 1, let membership = try membership(of: user, tenant: tenant, connection) else {
            throw MartletError(.conflict, "The user is a member of the tenant already.")
        }
        return membership
    }

    /// The user's membership of a tenant, or nil.
    public static func membership(
        of user: String, tenant: Int64, _ connection: any Connection
    ) throws -> MembershipRow? {
        try connection.first(
            "SELECT \(MembershipRow.columns) FROM memberships WHERE tenant = $1 AND user_id = $2",
            [.int(tenant), .text(user)]
        ) { MembershipRow($0) }
    }

    /// All memberships of a tenant, the oldest first.
    public static func all(tenant: Int64, _ connection: any Connection) throws -> [MembershipRow] {
        var rows: [MembershipRow] = []
        try connection.query(
            "SELECT \(MembershipRow.columns) FROM memberships WHERE tenant = $1 ORDER BY created_at, id", [.int(tenant)]
        ) { rows.append(MembershipRow($0)) }
        return rows
    }

    /// All memberships of a user, the oldest first; as the dispatch role.
    public static func all(of user: String, _ connection: any Connection) throws -> [MembershipRow] {
        var rows: [MembershipRow] = []
        try connection.query(
            "SELECT \(MembershipRow.columns) FROM memberships WHERE user_id = $1 ORDER BY created_at, id", [.text(user)]
        ) { rows.append(MembershipRow($0)) }
        return rows
    }

    /// Makes a member an owner or the other way round.
    public static func change(
        _ id: String, to role: MembershipRow.Role, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            "UPDATE memberships SET role = $3, version = version + 1 WHERE tenant = $1 AND id = $2",
            [.int(tenant), .text(id), .text(role.rawValue)])
    }

    /// Ends a membership, and with it the user's roles in the tenant and sessions of it. Keys are revoked, not removed.
    public static func remove(_ membership: MembershipRow, _ connection: any Connection) throws {
        let (tenant, user) = (membership.tenant, membership.user)
        try connection.execute(
            "DELETE FROM memberships WHERE tenant = $1 AND user_id = $2", [.int(tenant), .text(user)])
        try LinkTable.roleUsers.remove(right: user, tenant: tenant, connection)
        try RefreshFamilyRecords.revokeAll(of: user, reason: "membership_ended", tenant: tenant, connection)
        try APIKeyRecords.revokeAll(of: user, tenant: tenant, connection)
    }
}
