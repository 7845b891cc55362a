import MartletStore

/// What users of a tenant are tied to: their membership and their roles.
struct UserLinks: Sendable {
    private let memberships: [String: MembershipRow]
    private let roles: [String: [RoleRow]]

    static func load(_ tenant: Int64, _ connection: any Connection) throws -> UserLinks {
        var roles: [String: [RoleRow]] = [:]
        for role in try RoleRecords.all(tenant: tenant, connection) {
            for user in role.users { roles[user, default: []].append(role) }
        }
        let memberships = try MembershipRecords.all(tenant: tenant, connection)
        return UserLinks(
            memberships: Dictionary(memberships.map { ($0.user, $0) }) { first, _ in first }, roles: roles)
    }

    /// A user's own resource.
    func write(_ user: UserRow, _ resource: inout ResourceWriter) {
        resource.write(
            user, memberships: memberships[user.id].map { [$0.id] } ?? [], roles: roles[user.id]?.map(\.id) ?? [])
    }

    /// A user in a list, with what is to be included.
    func write(_ user: UserRow, _ query: JSONAPIQuery, _ tenantID: String, _ writer: inout JSONAPIWriter) {
        writer.resource(ResourceIdentifier("users", user.id)) { write(user, &$0) }
        include(user, query, tenantID, &writer)
    }

    /// Writes what a query wants beside a user.
    func include(_ user: UserRow, _ query: JSONAPIQuery, _ tenantID: String, _ writer: inout JSONAPIWriter) {
        if query.include.contains("roles") {
            for role in roles[user.id] ?? [] {
                writer.include(ResourceIdentifier("roles", role.id)) { $0.write(role) }
            }
        }
        if query.include.contains("memberships"), let membership = memberships[user.id] {
            writer.include(ResourceIdentifier("memberships", membership.id)) {
                $0.write(membership, tenantUID: tenantID)
            }
        }
    }
}
