import MartletCore

/// An API key, without its secret half.
public struct APIKeyRow: Sendable, Hashable {
    /// A UUID.
    public var id: String
    /// The public half, by which the key is found.
    public var prefix: String
    /// Unique in the tenant.
    public var name: String
    /// The id of the user for whom it speaks.
    public var user: String
    /// The permissions to which it is limited; nil where it may do all that its user may.
    public var scopes: Permissions?
    /// Raised by every change.
    public var version: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp
    /// From when on it is refused.
    public var expiresAt: Timestamp
    /// When it was revoked; nil while it was not.
    public var revokedAt: Timestamp?
    /// The last use, to the minute; nil where there was none.
    public var lastUsedAt: Timestamp?

    static let columns = """
        id, prefix, name, user_id, scopes, version, created_at, updated_at, expires_at, revoked_at, last_used_at
        """

    init(_ row: any Row) {
        id = row.text(0)
        prefix = row.text(1)
        name = row.text(2)
        user = row.text(3)
        scopes = row.optionalInt(4).map(Permissions.init(rawValue:))
        version = row.int(5)
        createdAt = row.time(6)
        updatedAt = row.time(7)
        expiresAt = row.time(8)
        revokedAt = row.optionalTime(9)
        lastUsedAt = row.optionalTime(10)
    }
}
