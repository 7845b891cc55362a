import MartletCore
import MartletStore

/// Changes of who belongs to a tenant.
public enum MemberChanges {
    /// Ends a membership: an owner that of anybody, a member the own one. Runs in a transaction of the tenant.
    public static func remove(_ id: String, by caller: Caller, _ connection: any Connection) throws {
        let change = try AccessChange(by: caller, connection)
        let memberships = try MembershipRecords.all(tenant: change.tenant, connection)
        guard let membership = memberships.first(where: { $0.id == id }) else {
            throw MartletError.unknown("membership")
        }
        if membership.user != caller.user?.id { try caller.requireOwner() }
        try AccessRules.requireOwner(among: memberships, after: nil, of: id)
        try change.keepingManager {
            try MembershipRecords.remove(membership, connection)
            try change.record("delete", "memberships", id, [("user", .string(membership.user))])
        }
    }

    /// Makes a member an owner, or the other way round. Only an owner may.
    public static func change(
        _ id: String, to role: MembershipRow.Role, by caller: Caller, _ connection: any Connection
    ) throws -> MembershipRow {
        try caller.requireOwner()
        let change = try AccessChange(by: caller, connection)
        let memberships = try MembershipRecords.all(tenant: change.tenant, connection)
        guard var membership = memberships.first(where: { $0.id == id }) else {
            throw MartletError.unknown("membership")
        }
        try AccessRules.requireOwner(among: memberships, after: role, of: id)
        try MembershipRecords.change(id, to: role, tenant: change.tenant, connection)
        try change.record("update", "memberships", id, [("role", .string(role.rawValue))])
        membership.role = role
        membership.version += 1
        return membership
    }
}
