import MartletCore
import MartletStore

/// Changes of users.
public enum UserChanges {
    /// Changes a user. Begins and ends as the tenant of the caller.
    ///
    /// - Throws: ``MartletError`` `not_found` for a user who is no member, `forbidden` for whoever may not, `conflict` when the
    ///   email is taken.
    public static func change(
        _ id: String, to change: UserChange, by caller: Caller, _ connection: any Connection
    ) throws -> UserRow {
        try AccessLock.takeUsers(connection)
        let access = try AccessChange(by: caller, connection)
        try access.requireMembers([id], place: "id")
        try connection.enter(.dispatch)
        let tenants = Set(try MembershipRecords.all(of: id, connection).map(\.tenant))
        guard AccessRules.mayChange(id, memberOf: tenants, by: caller) else {
            throw MartletError.forbidden(
                "A user is changed by the user, or by whoever manages the users of the only tenant they belong to.")
        }
        try UserRecords.change(id, to: change, connection)
        try connection.enter(.tenant(access.tenant))
        if change.password != nil {
            try RefreshFamilyRecords.revokeAll(of: id, reason: "password", tenant: access.tenant, connection)
        }
        try access.record("update", "users", id, [("fields", change.fields.json)])
        guard let user = try UserRecords.user(id, connection) else { throw MartletError.unknown("user") }
        return user
    }

    /// Removes the caller's own user from all tenants and from the installation. Begins and ends as the tenant.
    ///
    /// - Throws: ``MartletError`` `forbidden` for another user, `conflict` where a tenant would be left without owner or manager.
    ///
    /// - Parameter before: Runs when nobody else can change the user's part in the caller's tenant; refuses by throwing.
    public static func remove(
        _ id: String, by caller: Caller, before: (any Connection) throws -> Void = { _ in },
        _ connection: any Connection
    ) throws {
        guard let user = caller.user, user.id == id, caller.actor.kind != .apiKey else {
            throw MartletError.forbidden("Users remove nobody but themselves; an owner ends a membership instead.")
        }
        try connection.enter(.dispatch)
        // In the order of the tenants, so that two transactions never wait for each other.
        let memberships = try MembershipRecords.all(of: id, connection).sorted { $0.tenant < $1.tenant }
        for membership in memberships {
            try connection.enter(.tenant(membership.tenant))
            var there = caller
            there.tenant = membership.tenant
            let change = try AccessChange(by: there, connection)
            if membership.tenant == caller.tenant { try before(connection) }
            let all = try MembershipRecords.all(tenant: membership.tenant, connection)
            try AccessRules.requireOwner(among: all, after: nil, of: membership.id)
            try change.keepingManager { try MembershipRecords.remove(membership, connection) }
            try change.record("delete", "users", id, [("email", .string(user.email))])
        }
        try connection.enter(.dispatch)
        try UserRecords.remove(id, connection)
        try connection.enter(.tenant(caller.tenant))
    }
}
