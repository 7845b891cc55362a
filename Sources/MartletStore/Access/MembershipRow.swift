import MartletCore

/// That a user belongs to a tenant.
public struct MembershipRow: Sendable, Hashable {
    /// What a member is to the tenant.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// May rename the tenant and remove members. Every tenant has at least one.
        case owner
        /// May do what the user's roles allow.
        case member
    }

    /// A UUID.
    public var id: String
    /// The number of the tenant.
    public var tenant: Int64
    /// The id of the user.
    public var user: String
    /// What the user is to the tenant.
    public var role: Role
    /// Raised by every change.
    public var version: Int64
    /// Since when.
    public var joinedAt: Timestamp

    /// Puts one together.
    public init(
        id: String, tenant: Int64, user: String, role: Role, version: Int64, joinedAt: Timestamp
    ) {
        self.id = id
        self.tenant = tenant
        self.user = user
        self.role = role
        self.version = version
        self.joinedAt = joinedAt
    }

    static let columns = "id, tenant, user_id, role, version, created_at"

    init(_ row: any Row) {
        id = row.text(0)
        tenant = row.int(1)
        user = row.text(2)
        role = Role(rawValue: row.text(3)) ?? .member
        version = row.int(4)
        joinedAt = row.time(5)
    }
}
