import MartletCore

/// An invitation to a tenant, without its token.
public struct InvitationRow: Sendable, Hashable {
    /// What has become of it, apart from its age.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case pending, accepted, revoked
    }

    /// A UUID.
    public var id: String
    /// Whom it is for, in lower case; empty where it is for whoever has the token.
    public var email: String
    /// What has become of it; one that is over is still `pending`.
    public var state: State
    /// What accepting makes of the user.
    public var membership: MembershipRow.Role
    /// The id of the user who invited; nil for Martlet itself.
    public var inviter: String?
    /// Raised by every change.
    public var version: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp
    /// From when on it cannot be accepted.
    public var expiresAt: Timestamp
    /// The ids of the roles that accepting gives.
    public var roles: [String] = []

    static let columns = "id, email, state, membership, inviter, version, created_at, updated_at, expires_at"

    init(_ row: any Row) {
        id = row.text(0)
        email = row.text(1)
        state = State(rawValue: row.text(2)) ?? .revoked
        membership = MembershipRow.Role(rawValue: row.text(3)) ?? .member
        inviter = row.optionalText(4)
        version = row.int(5)
        createdAt = row.time(6)
        updatedAt = row.time(7)
        expiresAt = row.time(8)
    }
}
