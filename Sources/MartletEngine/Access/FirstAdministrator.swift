import MartletCore
import MartletStore

/// How the first user of an installation comes in.
public enum FirstAdministrator {
    /// Makes an invitation for whoever runs the program, while there is no user: its token is shown once and makes the first
    /// user an owner of the store's tenant who may do everything. Earlier ones are taken back. Nil where there is a user.
    public static func invite(to store: Store) async throws -> String? {
        let tenant = store.tenant
        return try await store.database.scoped(to: .dispatch).write { connection in
            try TenantRecords.identifyAll(connection)
            guard try !UserRecords.hasAny(connection),
                let row = try TenantRecords.tenant(number: tenant, connection)
            else { return nil }
            try connection.enter(.tenant(tenant))
            try AccessLock.take(tenant: tenant, connection)
            for invitation in try InvitationRecords.all(tenant: tenant, connection)
            where invitation.email.isEmpty && invitation.state == .pending {
                try InvitationRecords.change(invitation.id, state: .revoked, tenant: tenant, connection)
            }
            let role = try TenantChanges.administratorRole(tenant, connection)
            var caller = Caller.commandLine("martlet", tenant: row)
            caller.actor = .system
            return try InvitationChanges.create(
                email: "", roles: [role], expiresAt: nil, membership: .owner, by: caller, connection
            ).token
        }
    }

    /// Gives a member of the store's tenant another password, at the command line.
    ///
    /// - Throws: ``MartletError`` `not_found` for an email that is no member's.
    public static func setPassword(
        of email: String, to password: SecretBytes, by actor: Actor, in store: Store
    ) async throws {
        var change = UserChange()
        change.password = try await PasswordWorker(threads: 1).hash(password)
        let tenant = store.tenant
        try await store.database.scoped(to: .dispatch).write { [change] connection in
            guard let user = try UserRecords.credentials(email: email, connection)?.user,
                try MembershipRecords.all(of: user.id, connection).contains(where: { $0.tenant == tenant })
            else { throw MartletError(.notFound, "there is no user \(email) in this tenant") }
            try UserRecords.change(user.id, to: change, connection)
            try connection.enter(.tenant(tenant))
            try AuditRecords.append(
                AuditEntry(
                    "update", "users", user.id, detail: [("fields", ["password"].json)], by: actor),
                tenant: tenant, connection)
        }
    }

    /// Makes a user at the command line, a member of the store's tenant: an owner who may do everything, or a member with
    /// the named roles.
    ///
    /// - Throws: ``MartletError`` `conflict` for an email that is taken, `not_found` for a role that is none.
    public static func add(
        _ draft: UserDraft, password: SecretBytes, isOwner: Bool, roles: [String], by actor: Actor, to store: Store
    ) async throws -> UserRow {
        var draft = draft
        draft.password = try await PasswordWorker(threads: 1).hash(password)
        let tenant = store.tenant
        return try await store.database.scoped(to: .dispatch).write { [draft] connection in
            try TenantRecords.identifyAll(connection)
            let user = try UserRecords.create(draft, connection)
            try connection.enter(.tenant(tenant))
            if isOwner {
                try TenantChanges.addOwner(user.id, to: tenant, connection)
            } else {
                try AccessLock.take(tenant: tenant, connection)
                try MembershipRecords.add(user.id, as: .member, tenant: tenant, connection)
                let known = try RoleRecords.all(tenant: tenant, connection)
                let ids = try roles.map { name in
                    guard let role = known.first(where: { $0.name == name }) else {
                        throw MartletError(.notFound, "there is no role '\(name)'", place: "--role")
                    }
                    return role.id
                }
                try RoleRecords.assign(ids, to: user.id, tenant: tenant, connection)
            }
            try AuditRecords.append(
                AuditEntry(
                    "create", "users", user.id, detail: [("email", .string(user.email)), ("owner", .bool(isOwner))],
                    by: actor),
                tenant: tenant, connection)
            return user
        }
    }
}
