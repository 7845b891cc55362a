import MartletCore
import MartletStore

/// Changes of a tenant's roles. All need `manage_account`, and run in a transaction of the tenant.
public enum RoleChanges {
    /// Makes a role.
    public static func create(
        _ draft: RoleDraft, by caller: Caller, _ connection: any Connection
    ) throws -> RoleRow {
        try caller.require(.manageAccount)
        let change = try AccessChange(by: caller, connection)
        try AccessLimits.require(
            RoleRecords.all(tenant: change.tenant, connection).count, below: AccessLimits.roles, "roles")
        try check(draft, of: nil, change)
        let role = try RoleRecords.create(draft, tenant: change.tenant, connection)
        try change.record("create", "roles", role.id, detail(draft))
        return role
    }

    /// Changes what the draft says of a role.
    public static func change(
        _ id: String, to draft: RoleDraft, by caller: Caller, _ connection: any Connection
    ) throws -> RoleRow {
        try caller.require(.manageAccount)
        let change = try AccessChange(by: caller, connection)
        guard let role = try RoleRecords.role(id, tenant: change.tenant, connection) else {
            throw MartletError.unknown("role")
        }
        try check(draft, of: role, change)
        return try change.keepingManager {
            _ = try RoleRecords.change(id, to: draft, tenant: change.tenant, connection)
            try change.record("update", "roles", id, detail(draft))
            guard let changed = try RoleRecords.role(id, tenant: change.tenant, connection) else {
                throw MartletError.unknown("role")
            }
            return changed
        }
    }

    /// Removes a role.
    public static func remove(_ id: String, by caller: Caller, _ connection: any Connection) throws {
        try caller.require(.manageAccount)
        let change = try AccessChange(by: caller, connection)
        guard let role = try RoleRecords.role(id, tenant: change.tenant, connection) else {
            throw MartletError.unknown("role")
        }
        try change.keepingManager {
            _ = try RoleRecords.remove(id, tenant: change.tenant, connection)
            try change.record("delete", "roles", id, [("name", .string(role.name))])
        }
    }

    /// Makes `roles` all that a member has.
    public static func assign(
        _ roles: [String], to user: String, by caller: Caller, _ connection: any Connection
    ) throws {
        try caller.require(.manageAccount)
        let change = try AccessChange(by: caller, connection)
        guard try MembershipRecords.membership(of: user, tenant: change.tenant, connection) != nil else {
            throw MartletError.unknown("user")
        }
        // What the user has already is not given by this caller.
        let held = Set(try RoleRecords.roles(of: user, tenant: change.tenant, connection).map(\.id))
        _ = try change.roles(roles.filter { !held.contains($0) }, place: "/data")
        try change.keepingManager {
            try RoleRecords.assign(roles, to: user, tenant: change.tenant, connection)
            try change.record("assign", "users", user, [("roles", Set(roles).sorted().json)])
        }
    }

    private static func check(_ draft: RoleDraft, of role: RoleRow?, _ change: AccessChange) throws {
        // What the role gives already is not given by this caller, unless to somebody else.
        let givesToOthers = draft.users.map { !Set($0).subtracting(role?.users ?? []).isEmpty } ?? false
        let permissions = draft.permissions ?? role?.permissions ?? []
        let seesAll = draft.unlimitedVisibility ?? role?.unlimitedVisibility ?? false
        try change.caller.requireGrant(
            of: givesToOthers ? permissions : permissions.subtracting(role?.permissions ?? []),
            unlimitedVisibility: seesAll && (givesToOthers || role?.unlimitedVisibility != true))
        try change.requireGroups(draft.groups ?? [], place: "/data/relationships/provider_groups")
        try change.requireMembers(draft.users ?? [], place: "/data/relationships/users")
    }

    private static func detail(_ draft: RoleDraft) -> [(name: String, value: JSONValue)] {
        var detail: [(name: String, value: JSONValue)] = []
        if let name = draft.name { detail.append(("name", .string(name))) }
        if let permissions = draft.permissions { detail.append(("permissions", permissions.names.json)) }
        if let all = draft.unlimitedVisibility { detail.append(("unlimited_visibility", .bool(all))) }
        if let groups = draft.groups { detail.append(("provider_groups", groups.sorted().json)) }
        if let users = draft.users { detail.append(("users", users.sorted().json)) }
        return detail
    }
}
