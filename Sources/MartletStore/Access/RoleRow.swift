import MartletCore

/// A role of a tenant with whom and what it is tied to.
public struct RoleRow: Sendable, Hashable {
    /// A UUID.
    public var id: String
    /// Unique in the tenant.
    public var name: String
    /// What it allows.
    public var permissions: Permissions
    /// Whether it shows every account; otherwise those of its groups.
    public var unlimitedVisibility: Bool
    /// Raised by every change.
    public var version: Int64
    /// When it was made.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp
    /// The ids of its provider groups.
    public var groups: [String] = []
    /// The ids of users who have it.
    public var users: [String] = []
    /// The ids of invitations that will give it.
    public var invitations: [String] = []

    static let columns = "id, name, permissions, unlimited_visibility, version, created_at, updated_at"

    init(_ row: any Row) {
        id = row.text(0)
        name = row.text(1)
        permissions = Permissions(rawValue: row.int(2))
        unlimitedVisibility = row.int(3) != 0
        version = row.int(4)
        createdAt = row.time(5)
        updatedAt = row.time(6)
    }
}
