import MartletCore
import MartletStore

/// Whoever asks for something in a tenant, with what they may do at this moment.
public struct Caller: Sendable, Hashable {
    /// The number of the tenant.
    public var tenant: Int64
    /// The id of the tenant.
    public var tenantUID: String
    /// The user; nil at the command line.
    public var user: UserRow?
    /// What the user is to the tenant.
    public var membership: MembershipRow.Role
    /// The union over the user's roles, limited to the scopes of the API key.
    public var permissions: Permissions
    /// The numbers of the accounts that the roles show; nil where one of them shows all.
    public var visibleAccounts: Set<Int64>?
    /// Who it is, for the audit log.
    public var actor: Actor
    /// The tenant is being removed: whoever was in it may look, and nobody changes anything.
    public var isInRemoval = false

    /// Puts one together.
    public init(
        tenant: Int64, tenantUID: String, user: UserRow?, membership: MembershipRow.Role, permissions: Permissions,
        visibleAccounts: Set<Int64>?, actor: Actor
    ) {
        self.tenant = tenant
        self.tenantUID = tenantUID
        self.user = user
        self.membership = membership
        self.permissions = permissions
        self.visibleAccounts = visibleAccounts
        self.actor = actor
    }

    /// Somebody at the command line, who may do everything in a tenant.
    public static func commandLine(_ login: String, tenant: TenantRow) -> Caller {
        Caller(
            tenant: tenant.number, tenantUID: tenant.uid, user: nil, membership: .owner, permissions: .all,
            visibleAccounts: nil, actor: .commandLine(login))
    }

    /// Throws ``MartletError`` `forbidden` where something is lacking.
    public func require(_ needed: Permissions) throws {
        guard permissions.isSuperset(of: needed) else {
            let missing = needed.subtracting(permissions).names.joined(separator: ", ")
            throw MartletError.forbidden("This needs a role with \(missing).")
        }
    }

    /// Throws ``MartletError`` `forbidden` for anybody but an owner of the tenant.
    public func requireOwner() throws {
        guard membership == .owner else { throw MartletError.forbidden("Only an owner of the tenant may do this.") }
    }

    /// Nobody gives away what they do not have: throws ``MartletError`` `forbidden` for permissions or a visibility beyond
    /// the caller's own.
    public func requireGrant(of permissions: Permissions, unlimitedVisibility: Bool) throws {
        let beyond = permissions.subtracting(self.permissions)
        guard beyond.isEmpty else {
            throw MartletError.forbidden("You cannot give \(beyond.names.joined(separator: ", ")) without having it.")
        }
        guard !unlimitedVisibility || visibleAccounts == nil else {
            throw MartletError.forbidden("You cannot show all accounts to others without seeing them.")
        }
    }
}
