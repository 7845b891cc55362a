import MartletCore
import MartletStore

/// Changes of tenants themselves.
public enum TenantChanges {
    /// Makes a tenant of which the user is the owner, with a role that may do everything. Begins as the dispatch role, and
    /// ends as the new tenant.
    public static func create(
        name: String, owner: UserRow, actor: Actor, _ connection: any Connection
    ) throws -> TenantRow {
        let count = try MembershipRecords.all(of: owner.id, connection).count
        guard count < AccessLimits.tenantsOfUser else {
            throw MartletError(.limit, "A user belongs to at most \(AccessLimits.tenantsOfUser) tenants.")
        }
        let tenant = try TenantRecords.create(name: name, connection)
        try connection.enter(.tenant(tenant.number))
        try addOwner(owner.id, to: tenant.number, connection)
        try AuditRecords.append(
            AuditEntry("create", "tenants", tenant.uid, detail: [("name", .string(name))], by: actor),
            tenant: tenant.number, connection)
        return tenant
    }

    /// Gives the tenant another name. Only an owner may. Begins and ends as the tenant.
    public static func rename(
        to name: String, by caller: Caller, _ connection: any Connection
    ) throws -> TenantRow {
        try caller.requireOwner()
        let change = try AccessChange(by: caller, connection)
        try connection.enter(.dispatch)
        try TenantRecords.rename(change.tenant, to: name, connection)
        let tenant = try TenantRecords.tenant(number: change.tenant, connection)
        try connection.enter(.tenant(change.tenant))
        guard let tenant else { throw MartletError.unknown("tenant") }
        try change.record("update", "tenants", tenant.uid, [("name", .string(name))])
        return tenant
    }

    /// Asks for the removal of the tenant with everything it has. Only its last owner may: whoever else owns it would lose
    /// it, too. Begins and ends as the tenant. Gives the id of the job.
    ///
    /// - Throws: ``MartletError`` `forbidden` for anybody but an owner, `conflict` while there is another one.
    public static func remove(by caller: Caller, _ connection: any Connection) throws -> String {
        try caller.requireOwner()
        let change = try AccessChange(by: caller, connection)
        let owners = try MembershipRecords.all(tenant: change.tenant, connection).filter { $0.role == .owner }
        guard owners.count == 1 else {
            throw MartletError(
                .conflict,
                "The tenant has \(owners.count) owners; only its last one removes it, so end the others' "
                    + "memberships first.")
        }
        try change.record("delete", "tenants", caller.tenantUID)
        try TenantRemoval.mark(change.tenant, connection)
        return try Upkeep.job(of: .tenantRemoval, tenant: change.tenant, connection).id
    }

    /// Makes a user an owner with a role that may do everything, which is made where it is missing. As the tenant.
    static func addOwner(_ user: String, to tenant: Int64, _ connection: any Connection) throws {
        try AccessLock.take(tenant: tenant, connection)
        try MembershipRecords.add(user, as: .owner, tenant: tenant, connection)
        let role = try administratorRole(tenant, connection)
        try RoleRecords.assign([role], to: user, tenant: tenant, connection)
    }

    /// The id of a role that may do everything.
    static func administratorRole(_ tenant: Int64, _ connection: any Connection) throws -> String {
        let roles = try RoleRecords.all(tenant: tenant, connection)
        if let role = roles.first(where: { $0.permissions == .all && $0.unlimitedVisibility }) { return role.id }
        var draft = RoleDraft.administrator
        var number = 1
        while roles.contains(where: { $0.name == draft.name }) {
            number += 1
            draft.name = "admin \(number)"
        }
        return try RoleRecords.create(draft, tenant: tenant, connection).id
    }
}
