import MartletCore

/// Roles of a tenant.
public enum RoleRecords {
    /// Makes a role; what the draft does not say is nothing. Throws ``MartletError`` `conflict` when the name is taken.
    public static func create(
        _ draft: RoleDraft, tenant: Int64, _ connection: any Connection
    ) throws -> RoleRow {
        let now = try connection.now()
        let id = ScanID.make(at: Timestamp(milliseconds: now))
        let rows = try connection.execute(
            """
            INSERT INTO roles (tenant, id, name, permissions, unlimited_visibility, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (tenant, name) DO NOTHING
            """,
            [
                .int(tenant), .text(id), .text(draft.name ?? ""), .int(draft.permissions?.rawValue ?? 0),
                .bool(draft.unlimitedVisibility ?? false), .int(now),
            ])
        guard rows == 1 else { throw nameTaken }
        try link(id, draft, tenant, connection)
        guard let role = try role(id, tenant: tenant, connection) else { throw nameTaken }
        return role
    }

    /// Changes what the draft says; false when there is no such role. Throws like ``create(_:tenant:_:)``.
    public static func change(
        _ id: String, to draft: RoleDraft, tenant: Int64, _ connection: any Connection
    ) throws -> Bool {
        if let name = draft.name {
            let owner = try connection.first(
                "SELECT id FROM roles WHERE tenant = $1 AND name = $2", [.int(tenant), .text(name)]
            ) { $0.text(0) }
            guard owner == nil || owner == id else { throw nameTaken }
        }
        let rows = try connection.execute(
            """
            UPDATE roles SET name = COALESCE($3, name), permissions = COALESCE($4, permissions),
                unlimited_visibility = COALESCE($5, unlimited_visibility), version = version + 1, updated_at = $6
            WHERE tenant = $1 AND id = $2
            """,
            [
                .int(tenant), .text(id), .optional(draft.name), .optional(draft.permissions?.rawValue),
                .optional(draft.unlimitedVisibility.map { $0 ? 1 : 0 }), .int(try connection.now()),
            ])
        guard rows == 1 else { return false }
        try link(id, draft, tenant, connection)
        return true
    }

    /// A role with its links, or nil.
    public static func role(_ id: String, tenant: Int64, _ connection: any Connection) throws -> RoleRow? {
        let role = try connection.first(
            "SELECT \(RoleRow.columns) FROM roles WHERE tenant = $1 AND id = $2", [.int(tenant), .text(id)]
        ) { RoleRow($0) }
        guard var role else { return nil }
        role.groups = try LinkTable.roleGroups.rights(of: id, tenant: tenant, connection)
        role.users = try LinkTable.roleUsers.rights(of: id, tenant: tenant, connection)
        role.invitations = try LinkTable.invitationRoles.lefts(of: id, tenant: tenant, connection)
        return role
    }

    /// All roles with their links, by name.
    public static func all(tenant: Int64, _ connection: any Connection) throws -> [RoleRow] {
        let groups = try LinkTable.roleGroups.pairs(tenant: tenant, connection)
        let users = try LinkTable.roleUsers.pairs(tenant: tenant, connection)
        let invitations = try LinkTable.invitationRoles.pairs(byRight: true, tenant: tenant, connection)
        var rows: [RoleRow] = []
        try connection.query(
            "SELECT \(RoleRow.columns) FROM roles WHERE tenant = $1 ORDER BY name", [.int(tenant)]
        ) { row in
            var role = RoleRow(row)
            role.groups = groups[role.id] ?? []
            role.users = users[role.id] ?? []
            role.invitations = invitations[role.id] ?? []
            rows.append(role)
        }
        return rows
    }

    /// The roles of a user, without their links but the groups.
    public static func roles(of user: String, tenant: Int64, _ connection: any Connection) throws -> [RoleRow] {
        var rows: [RoleRow] = []
        let columns = RoleRow.columns.split(separator: ", ").map { "r." + $0 }.joined(separator: ", ")
        try connection.query(
            """
            SELECT \(columns) FROM role_users u JOIN roles r ON r.tenant = $1 AND r.id = u.role
            WHERE u.tenant = $1 AND u.user_id = $2 ORDER BY r.name
            """, [.int(tenant), .text(user)]
        ) { rows.append(RoleRow($0)) }
        return rows
    }

    /// Removes a role with its links; false when there is none.
    public static func remove(_ id: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        try LinkTable.roleUsers.remove(left: id, tenant: tenant, connection)
        try LinkTable.roleGroups.remove(left: id, tenant: tenant, connection)
        try LinkTable.invitationRoles.remove(right: id, tenant: tenant, connection)
        return try connection.execute(
            "DELETE FROM roles WHERE tenant = $1 AND id = $2", [.int(tenant), .text(id)]) > 0
    }

    /// Makes `roles` all that a user has.
    public static func assign(
        _ roles: [String], to user: String, tenant: Int64, _ connection: any Connection
    ) throws {
        try LinkTable.roleUsers.replace(right: user, with: roles, tenant: tenant, connection)
    }

    /// The accounts that roles without unlimited visibility show: those of their groups.
    public static func accounts(
        visibleTo user: String, tenant: Int64, _ connection: any Connection
    ) throws -> Set<Int64> {
        var accounts: Set<Int64> = []
        try connection.query(
            """
            SELECT DISTINCT a.account FROM role_users u
            JOIN role_groups g ON g.tenant = $1 AND g.role = u.role
            JOIN provider_group_accounts a ON a.tenant = $1 AND a.provider_group = g.provider_group
            WHERE u.tenant = $1 AND u.user_id = $2
            """, [.int(tenant), .text(user)]
        ) { accounts.insert($0.int(0)) }
        return accounts
    }

    private static func link(
        _ id: String, _ draft: RoleDraft, _ tenant: Int64, _ connection: any Connection
    ) throws {
        if let groups = draft.groups {
            try LinkTable.roleGroups.replace(id, with: groups, tenant: tenant, connection)
        }
        if let users = draft.users { try LinkTable.roleUsers.replace(id, with: users, tenant: tenant, connection) }
    }

    private static var nameTaken: MartletError {
        MartletError(.conflict, "There is a role of this name already.", place: "/data/attributes/name")
    }
}
