import MartletCore

/// A user in one of the user's tenants: what must be right for any credential to hold.
public struct TenantMember: Sendable, Hashable {
    /// The user.
    public var user: UserRow
    /// Tokens of an earlier epoch are void.
    public var epoch: Int64
    /// The number of the tenant.
    public var tenant: Int64
    /// The id of the tenant.
    public var tenantUID: String
    /// What the user is to the tenant.
    public var membership: MembershipRow.Role
    /// The tenant is being removed: nothing in it changes any more, and nobody new comes in.
    public var isInRemoval = false

    /// The user in the tenant with this id; nil where the user is no member, or no user at all. As the dispatch role.
    public static func find(
        user: String, tenantUID: String, _ connection: any Connection
    ) throws -> TenantMember? {
        try find(user, "t.uid = $2", .text(tenantUID), connection)
    }

    /// The user in the tenant with this number. As the dispatch role.
    public static func find(user: String, tenant: Int64, _ connection: any Connection) throws -> TenantMember? {
        try find(user, "t.id = $2", .int(tenant), connection)
    }

    private static func find(
        _ user: String, _ condition: String, _ value: Value, _ connection: any Connection
    ) throws -> TenantMember? {
        let columns = UserRow.columns.split(separator: ", ").map { "u." + $0 }.joined(separator: ", ")
        return try connection.first(
            """
            SELECT \(columns), u.epoch, t.id, t.uid, m.role, t.removing_at FROM users u
            JOIN memberships m ON m.user_id = u.id
            JOIN tenants t ON t.id = m.tenant
            WHERE u.id = $1 AND \(condition) AND t.uid IS NOT NULL
            """, [.text(user), value]
        ) { row in
            TenantMember(
                user: UserRow(row), epoch: row.int(9), tenant: row.int(10), tenantUID: row.text(11),
                membership: MembershipRow.Role(rawValue: row.text(12)) ?? .member,
                isInRemoval: !row.isNull(13))
        }
    }
}
