import MartletCore

/// One login and what was refreshed from it.
public struct RefreshFamily: Sendable, Hashable {
    /// A UUID.
    public var id: String
    /// The id of the user.
    public var user: String
    /// The number of the newest refresh token, from 1.
    public var sequence: Int64
    /// From when on nothing of it is taken.
    public var expiresAt: Timestamp
    /// When it was revoked; nil while it was not.
    public var revokedAt: Timestamp?

    static let columns = "id, user_id, sequence, expires_at, revoked_at"

    init(_ row: any Row) {
        id = row.text(0)
        user = row.text(1)
        sequence = row.int(2)
        expiresAt = row.time(3)
        revokedAt = row.optionalTime(4)
    }

    /// Puts one together.
    public init(id: String, user: String, sequence: Int64, expiresAt: Timestamp, revokedAt: Timestamp? = nil) {
        self.id = id
        self.user = user
        self.sequence = sequence
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }
}
