import MartletCore
import MartletEngine
import MartletStore

/// How resources of access are written.
extension ResourceWriter {
    mutating func write(_ user: UserRow, memberships: [String], roles: [String]) {
        attribute("name", user.name)
        attribute("email", user.email)
        attribute("company_name", user.companyName)
        attribute("date_joined", user.createdAt)
        attribute("is_active", user.isActive)
        attribute("last_login", user.lastLoginAt)
        many("memberships", memberships.map { ResourceIdentifier("memberships", $0) })
        many("roles", roles.map { ResourceIdentifier("roles", $0) })
    }

    mutating func write(_ membership: MembershipRow, tenantUID: String) {
        attribute("role", membership.role.rawValue)
        attribute("date_joined", membership.joinedAt)
        one("user", ResourceIdentifier("users", membership.user))
        one("tenant", ResourceIdentifier("tenants", tenantUID))
    }

    mutating func write(_ tenant: TenantRow, memberships: [String]) {
        attribute("name", tenant.name)
        many("memberships", memberships.map { ResourceIdentifier("memberships", $0) })
    }

    mutating func write(_ role: RoleRow, link: String? = nil) {
        attribute("name", role.name)
        for (name, permission) in Permissions.named {
            attribute(name, role.permissions.contains(permission))
        }
        attribute("permission_state", role.permissionState)
        attribute("unlimited_visibility", role.unlimitedVisibility)
        attribute("inserted_at", role.createdAt)
        attribute("updated_at", role.updatedAt)
        many("provider_groups", role.groups.map { ResourceIdentifier("provider-groups", $0) })
        many("users", role.users.map { ResourceIdentifier("users", $0) })
        many("invitations", role.invitations.map { ResourceIdentifier("invitations", $0) })
        if let link { self.link("self", link) }
    }

    mutating func write(_ group: ProviderGroupRow, providers: [String], link: String) {
        attribute("name", group.name)
        attribute("inserted_at", group.createdAt)
        attribute("updated_at", group.updatedAt)
        many("providers", providers.map { ResourceIdentifier("providers", $0) })
        many("roles", group.roles.map { ResourceIdentifier("roles", $0) })
        self.link("self", link)
    }

    /// - Parameter token: The token, where it is given out.
    mutating func write(_ invitation: InvitationRow, now: Timestamp, token: String? = nil, link: String) {
        attribute("inserted_at", invitation.createdAt)
        attribute("updated_at", invitation.updatedAt)
        attribute("email", invitation.email)
        attribute("state", invitation.state(at: now))
        attribute("token", token)
        attribute("expires_at", invitation.expiresAt)
        many("roles", invitation.roles.map { ResourceIdentifier("roles", $0) })
        one("inviter", invitation.inviter.map { ResourceIdentifier("users", $0) })
        self.link("self", link)
    }

    /// - Parameter text: The whole key, where it is given out.
    mutating func write(_ key: APIKeyRow, text: String? = nil) {
        attribute("name", key.name)
        attribute("prefix", key.prefix)
        attribute("expires_at", key.expiresAt)
        attribute("revoked", key.revokedAt != nil)
        attribute("inserted_at", key.createdAt)
        attribute("last_used_at", key.lastUsedAt)
        attribute("scopes") { json in
            guard let scopes = key.scopes else { return json.null() }
            json.beginArray()
            for name in scopes.names { json.string(name) }
            json.endArray()
        }
        if let text { attribute("api_key", text) }
        one("entity", ResourceIdentifier("users", key.user))
    }

    mutating func write(_ entry: AuditRow) {
        attribute("inserted_at", entry.at)
        attribute("action", entry.action)
        attribute("subject_type", entry.subjectType)
        attribute("subject_id", entry.subjectID)
        attribute("actor_type", entry.actor.kind.rawValue)
        attribute("actor_id", entry.actor.id)
        attribute("actor_name", entry.actor.name)
        attribute("address", entry.actor.address)
        attribute("request_id", entry.actor.requestID)
        attribute("detail", (try? JSONValue.parse(entry.detail)) ?? .object([]))
    }
}

extension RoleRow {
    /// Whether it allows all that is managed, some of it, or nothing.
    var permissionState: String {
        permissions.isSuperset(of: .all) ? "unlimited" : permissions.isEmpty ? "none" : "limited"
    }
}

extension InvitationRow {
    /// What has become of it at a moment.
    func state(at now: Timestamp) -> String {
        state == .pending && expiresAt <= now ? "expired" : state.rawValue
    }
}
