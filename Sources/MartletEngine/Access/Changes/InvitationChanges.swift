import MartletCore
import MartletStore

/// Changes of a tenant's invitations. All need `manage_account`, and run in a transaction of the tenant.
public enum InvitationChanges {
    /// How long an invitation holds unless it is said otherwise: 7 days, in milliseconds.
    public static let lifetime: Int64 = 7 * 86_400_000

    /// Invites somebody. The token is given out this once.
    public static func create(
        email: String, roles: [String], expiresAt: Timestamp?, membership: MembershipRow.Role = .member,
        by caller: Caller, _ connection: any Connection
    ) throws -> (invitation: InvitationRow, token: String) {
        try caller.require(.manageAccount)
        let change = try AccessChange(by: caller, connection)
        try AccessLimits.require(
            InvitationRecords.all(tenant: change.tenant, connection).count, below: AccessLimits.invitations,
            "invitations")
        _ = try change.roles(roles, place: "/data/relationships/roles")
        if !email.isEmpty,
            try UserRecords.members(tenant: change.tenant, connection).contains(where: { $0.email == email })
        {
            throw MartletError(.conflict, "There is a member with this email already.", place: "/data/attributes/email")
        }
        let now = try connection.now()
        let token = InvitationToken.generate(tenant: change.tenant)
        let invitation = try InvitationRecords.create(
            InvitationDraft(
                email: email, token: token.hash, membership: membership, inviter: caller.user?.id,
                expiresAt: try expiry(expiresAt, now), roles: Set(roles).sorted()),
            tenant: change.tenant, connection)
        try change.record(
            "create", "invitations", invitation.id,
            [("email", .string(email)), ("roles", invitation.roles.json), ("membership", .string(membership.rawValue))])
        return (invitation, token.text)
    }

    /// Changes an invitation that waits; what is nil stays.
    public static func change(
        _ id: String, email: String?, roles: [String]?, expiresAt: Timestamp?, by caller: Caller,
        _ connection: any Connection
    ) throws -> InvitationRow {
        try caller.require(.manageAccount)
        let change = try AccessChange(by: caller, connection)
        let before = try pending(id, change)
        if let roles {
            _ = try change.roles(
                roles.filter { !before.roles.contains($0) }, place: "/data/relationships/roles")
        }
        let end = try expiresAt.map { try expiry($0, connection.now()) }
        try InvitationRecords.change(
            id, email: email, expiresAt: end, roles: roles, tenant: change.tenant, connection)
        try change.record(
            "update", "invitations", id,
            [("email", .string(email ?? before.email)), ("roles", (roles ?? before.roles).json)])
        return try invitation(id, change)
    }

    /// Takes an invitation back; it stays in the list.
    public static func revoke(_ id: String, by caller: Caller, _ connection: any Connection) throws {
        try caller.require(.manageAccount)
        let change = try AccessChange(by: caller, connection)
        _ = try pending(id, change)
        try InvitationRecords.change(id, state: .revoked, tenant: change.tenant, connection)
        try change.record("revoke", "invitations", id)
    }

    private static func invitation(_ id: String, _ change: AccessChange) throws -> InvitationRow {
        guard let invitation = try InvitationRecords.invitation(id, tenant: change.tenant, change.connection) else {
            throw MartletError.unknown("invitation")
        }
        return invitation
    }

    private static func pending(_ id: String, _ change: AccessChange) throws -> InvitationRow {
        let invitation = try invitation(id, change)
        guard invitation.state == .pending else {
            throw MartletError(.conflict, "The invitation is \(invitation.state.rawValue) already.")
        }
        return invitation
    }

    private static func expiry(_ end: Timestamp?, _ now: Int64) throws -> Timestamp {
        guard let end else { return Timestamp(milliseconds: now + lifetime) }
        guard end.milliseconds > now else {
            throw MartletError(
                .invalidInput, "The invitation would have expired already.", place: "/data/attributes/expires_at")
        }
        return end
    }
}
