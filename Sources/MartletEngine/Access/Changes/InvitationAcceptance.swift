import MartletCore
import MartletStore

/// The acceptance of an invitation: by a user who is there, or by one who is made for it.
public enum InvitationAcceptance {
    /// Makes a user a member of the tenant that an invitation is of. Begins as the dispatch role, and ends as the tenant.
    ///
    /// - Throws: ``MartletError`` `not_found` for a token that is none or is for somebody else, `gone` for an invitation that
    ///   is over, `conflict` for a member.
    public static func accept(
        _ text: String, user: UserRow, address: String?, requestID: String?, _ connection: any Connection
    ) throws -> MembershipRow {
        guard let token = InvitationToken(text) else { throw unknown }
        let tenants = try MembershipRecords.all(of: user.id, connection).count
        guard tenants < AccessLimits.tenantsOfUser else {
            throw MartletError(.limit, "A user belongs to at most \(AccessLimits.tenantsOfUser) tenants.")
        }
        let tenant = token.tenant
        try connection.enter(.tenant(tenant))
        try AccessLock.take(tenant: tenant, connection)
        let invitation = try InvitationRecords.invitation(token: token.hash, tenant: tenant, connection)
        guard let invitation, invitation.email.isEmpty || invitation.email == user.email else { throw unknown }
        let now = try connection.now()
        guard invitation.state == .pending, now < invitation.expiresAt.milliseconds else {
            throw MartletError(.gone, "The invitation is over; ask for another one.")
        }
        try AccessLimits.require(
            MembershipRecords.all(tenant: tenant, connection).count, below: AccessLimits.members, "members")
        let membership = try MembershipRecords.add(user.id, as: invitation.membership, tenant: tenant, connection)
        try RoleRecords.assign(invitation.roles, to: user.id, tenant: tenant, connection)
        try InvitationRecords.change(invitation.id, state: .accepted, tenant: tenant, connection)
        let actor = Actor(.user, id: user.id, name: user.email, address: address, requestID: requestID)
        try AuditRecords.append(
            AuditEntry(
                "accept", "invitations", invitation.id,
                detail: [("user", .string(user.id)), ("roles", invitation.roles.json)], by: actor),
            tenant: tenant, connection)
        return membership
    }

    private static var unknown: MartletError {
        MartletError(
            .notFound, "There is no such invitation for this user.", place: "/data/attributes/invitation_token")
    }
}
