import MartletCore

/// An invitation to be made.
public struct InvitationDraft: Sendable, Hashable {
    /// Whom it is for, in lower case; empty where it is for whoever has the token.
    public var email: String
    /// The hash of the token.
    public var token: [UInt8]
    /// What accepting makes of the user.
    public var membership: MembershipRow.Role
    /// The id of the user who invites.
    public var inviter: String?
    /// From when on it cannot be accepted.
    public var expiresAt: Timestamp
    /// The ids of the roles that accepting gives.
    public var roles: [String]

    /// Puts one together.
    public init(
        email: String, token: [UInt8], membership: MembershipRow.Role, inviter: String?, expiresAt: Timestamp,
        roles: [String]
    ) {
        self.email = email
        self.token = token
        self.membership = membership
        self.inviter = inviter
        self.expiresAt = expiresAt
        self.roles = roles
    }
}
