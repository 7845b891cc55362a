import MartletCore
import MartletStore

extension Caller {
    /// What a caller has shown, once it has been found to be right.
    public enum Credential: Sendable, Hashable {
        /// A token of a session.
        case session(String)
        /// An API key.
        case apiKey(String)
    }

    /// The member in the tenant, in whose scope the connection goes on. Nil where the user is locked out.
    ///
    /// - Parameter key: The API key that was shown, if it was one; it may limit what the member may do.
    static func find(
        _ member: TenantMember, key: APIKeyRow?, address: String?, requestID: String?, _ connection: any Connection
    ) throws -> Caller? {
        guard member.user.isActive else { return nil }
        let roles = try RoleRecords.roles(of: member.user.id, tenant: member.tenant, connection)
        let seesAll = roles.contains(where: \.unlimitedVisibility)
        let accounts =
            seesAll
            ? nil : try RoleRecords.accounts(visibleTo: member.user.id, tenant: member.tenant, connection)
        let permissions = roles.reduce(into: Permissions()) { $0.formUnion($1.permissions) }
        let actor =
            if let key {
                Actor(.apiKey, id: key.id, name: key.prefix, address: address, requestID: requestID)
            } else {
                Actor(.user, id: member.user.id, name: member.user.email, address: address, requestID: requestID)
            }
        var caller = Caller(
            tenant: member.tenant, tenantUID: member.tenantUID, user: member.user, membership: member.membership,
            permissions: key?.scopes.map { permissions.intersection($0) } ?? permissions, visibleAccounts: accounts,
            actor: actor)
        caller.isInRemoval = member.isInRemoval
        return caller
    }

    /// The caller as of this transaction, which goes on as the tenant: a handler that changes something asks again, so
    /// that a right that was taken away a moment ago is not used.
    ///
    /// - Throws: ``MartletError`` `unauthenticated` when the credential does not hold any more, `conflict` in a tenant that
    ///   is being removed.
    public static func find(
        user: String, tenant: Int64, credential: Credential, address: String?, requestID: String?,
        _ connection: any Connection
    ) throws -> Caller {
        try connection.enter(.dispatch)
        let member = try TenantMember.find(user: user, tenant: tenant, connection)
        try connection.enter(.tenant(tenant))
        guard let member else { throw MartletError.wrongToken }
        var key: APIKeyRow?
        switch credential {
        case .session(let id):
            let family = try RefreshFamilyRecords.family(id, tenant: tenant, connection)
            guard let family, family.user == user, family.revokedAt == nil else { throw MartletError.wrongToken }
        case .apiKey(let id):
            key = try APIKeyRecords.key(id, tenant: tenant, connection)
            guard let key, key.user == user, key.revokedAt == nil else { throw MartletError.wrongKey }
        }
        let caller = try find(member, key: key, address: address, requestID: requestID, connection)
        guard let caller else { throw MartletError.wrongToken }
        guard !caller.isInRemoval else { throw MartletError.tenantInRemoval }
        return caller
    }
}
