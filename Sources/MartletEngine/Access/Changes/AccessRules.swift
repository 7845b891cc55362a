import MartletCore
import MartletStore

/// Rules over the members and roles of a tenant as a whole. Functions of their inputs alone.
public enum AccessRules {
    /// Every tenant keeps an owner.
    ///
    /// - Throws: ``MartletError`` `conflict` where a change of one membership would leave none.
    static func requireOwner(
        among memberships: [MembershipRow], after change: MembershipRow.Role?, of id: String
    ) throws {
        let before = memberships.contains { $0.role == .owner }
        let after = memberships.contains { ($0.id == id ? change : $0.role) == .owner }
        guard !before || after else {
            throw MartletError(.conflict, "The tenant would have no owner; make another member an owner first.")
        }
    }

    /// Every tenant that has somebody who may manage it keeps one.
    ///
    /// - Throws: ``MartletError`` `conflict` where nobody would be left.
    static func requireManager(before: Bool, after: Bool) throws {
        guard !before || after else {
            throw MartletError(
                .conflict, "Nobody would be left with manage_account; give it to another member first.")
        }
    }

    /// Whether one of the members has a role that manages the tenant.
    static func hasManager(_ roles: [RoleRow], members: Set<String>) -> Bool {
        roles.contains { $0.permissions.contains(.manageAccount) && $0.users.contains(where: members.contains) }
    }

    /// Who may change a user: the user, and whoever manages the users of the only tenant that the user belongs to. Who
    /// manages one of several must not get into the others by a new password.
    static func mayChange(
        _ user: String, memberOf tenants: Set<Int64>, by caller: Caller
    ) -> Bool {
        if caller.user?.id == user { return caller.actor.kind != .apiKey || caller.permissions.contains(.manageUsers) }
        return caller.permissions.contains(.manageUsers) && tenants == [caller.tenant]
    }
}

/// The largest numbers of things in a tenant, which lists and rules read as a whole.
enum AccessLimits {
    static let members = 10_000
    static let roles = 1_000
    static let groups = 1_000
    static let invitations = 10_000
    static let apiKeys = 10_000
    static let tenantsOfUser = 100

    static func require(_ count: Int, below limit: Int, _ things: String) throws {
        guard count < limit else { throw MartletError(.limit, "A tenant has at most \(limit) \(things).") }
    }
}
