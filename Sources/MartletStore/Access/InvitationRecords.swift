import MartletCore

/// Invitations to a tenant.
public enum InvitationRecords {
    /// Makes an invitation.
    public static func create(
        _ draft: InvitationDraft, tenant: Int64, _ connection: any Connection
    ) throws -> InvitationRow {
        let now = try connection.now()
        let id = ScanID.make(at: Timestamp(milliseconds: now))
        try connection.execute(
            """
            INSERT INTO invitations (tenant, id, email, token, state, membership, inviter, created_at, updated_at,
                expires_at)
            VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $7, $8)
            """,
            [
                .int(tenant), .text(id), .text(draft.email), .bytes(draft.token), .text(draft.membership.rawValue),
                .optional(draft.inviter), .int(now), .time(draft.expiresAt),
            ])
        try LinkTable.invitationRoles.add(id, draft.roles, tenant: tenant, connection)
        guard let invitation = try invitation(id, tenant: tenant, connection) else {
            throw MartletError(.database, "The invitation could not be made.")
        }
        return invitation
    }

    /// An invitation with its roles, or nil.
    public static func invitation(
        _ id: String, tenant: Int64, _ connection: any Connection
    ) throws -> InvitationRow? {
        try invitation(where: "id = $2", .text(id), tenant, connection)
    }

    /// The invitation with this hash of its token, or nil.
    public static func invitation(
        token: [UInt8], tenant: Int64, _ connection: any Connection
    ) throws -> InvitationRow? {
        try invitation(where: "token = $2", .bytes(token), tenant, connection)
    }

    /// All invitations, the newest first.
    public static func all(tenant: Int64, _ connection: any Connection) throws -> [InvitationRow] {
        let roles = try LinkTable.invitationRoles.pairs(tenant: tenant, connection)
        var rows: [InvitationRow] = []
        try connection.query(
            "SELECT \(InvitationRow.columns) FROM invitations WHERE tenant = $1 ORDER BY id DESC", [.int(tenant)]
        ) { row in
            var invitation = InvitationRow(row)
            invitation.roles = roles[invitation.id] ?? []
            rows.append(invitation)
        }
        return rows
    }

    /// Changes what is given; what is nil stays.
    public static func change(
        _ id: String, email: String? = nil, state: InvitationRow.State? = nil, expiresAt: Timestamp? = nil,
        roles: [String]? = nil, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE invitations SET email = COALESCE($3, email), state = COALESCE($4, state),
                expires_at = COALESCE($5, expires_at), version = version + 1, updated_at = $6
            WHERE tenant = $1 AND id = $2
            """,
            [
                .int(tenant), .text(id), .optional(email), .optional(state?.rawValue), .optional(expiresAt),
                .int(try connection.now()),
            ])
        guard let roles else { return }
        try LinkTable.invitationRoles.replace(id, with: roles, tenant: tenant, connection)
    }

    private static func invitation(
        where condition: String, _ value: Value, _ tenant: Int64, _ connection: any Connection
    ) throws -> InvitationRow? {
        let invitation = try connection.first(
            "SELECT \(InvitationRow.columns) FROM invitations WHERE tenant = $1 AND \(condition)",
            [.int(tenant), value]
        ) { InvitationRow($0) }
        guard var invitation else { return nil }
        invitation.roles = try LinkTable.invitationRoles.rights(of: invitation.id, tenant: tenant, connection)
        return invitation
    }
}
