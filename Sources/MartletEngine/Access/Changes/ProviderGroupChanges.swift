import MartletCore
import MartletStore

/// Changes of a tenant's groups of accounts. All need `manage_providers`, and run in a transaction of the tenant.
public enum ProviderGroupChanges {
    /// Makes a group.
    public static func create(
        _ draft: ProviderGroupDraft, by caller: Caller, _ connection: any Connection
    ) throws -> ProviderGroupRow {
        try caller.require(.manageProviders)
        let change = try AccessChange(by: caller, connection)
        try AccessLimits.require(
            ProviderGroupRecords.all(tenant: change.tenant, connection).count, below: AccessLimits.groups,
            "provider groups")
        try check(draft, change)
        let group = try ProviderGroupRecords.create(draft, tenant: change.tenant, connection)
        try change.record("create", "provider-groups", group.id, detail(draft))
        return group
    }

    /// Changes what the draft says of a group. Accounts in it that the caller does not see stay.
    @discardableResult
    public static func change(
        _ id: String, to draft: ProviderGroupDraft, by caller: Caller, _ connection: any Connection
    ) throws -> ProviderGroupRow {
        try caller.require(.manageProviders)
        let change = try AccessChange(by: caller, connection)
        try check(draft, change)
        var draft = draft
        if let accounts = draft.accounts, let visible = caller.visibleAccounts {
            let held = try ProviderGroupRecords.group(id, tenant: change.tenant, connection)?.accounts ?? []
            draft.accounts = accounts + held.filter { !visible.contains($0) }
        }
        guard try ProviderGroupRecords.change(id, to: draft, tenant: change.tenant, connection),
            let group = try ProviderGroupRecords.group(id, tenant: change.tenant, connection)
        else { throw MartletError.unknown("provider group") }
        try change.record("update", "provider-groups", id, detail(draft))
        return group
    }

    /// Removes a group; the accounts in it stay.
    public static func remove(_ id: String, by caller: Caller, _ connection: any Connection) throws {
        try caller.require(.manageProviders)
        let change = try AccessChange(by: caller, connection)
        let group = try ProviderGroupRecords.group(id, tenant: change.tenant, connection)
        guard let group, try ProviderGroupRecords.remove(id, tenant: change.tenant, connection) else {
            throw MartletError.unknown("provider group")
        }
        try change.record("delete", "provider-groups", id, [("name", .string(group.name))])
    }

    private static func check(_ draft: ProviderGroupDraft, _ change: AccessChange) throws {
        // An account that the caller does not see could be shown to the caller's own role this way.
        if let visible = change.caller.visibleAccounts, let accounts = draft.accounts {
            guard Set(accounts).isSubset(of: visible) else {
                throw MartletError(
                    .notFound, "There is no such account.", place: "/data/relationships/providers")
            }
        }
        if let roles = draft.roles {
            // Which role shows a group is a matter of roles.
            try change.caller.require(.manageAccount)
            for id in roles where try RoleRecords.role(id, tenant: change.tenant, change.connection) == nil {
                throw MartletError(.notFound, "There is no role \(id).", place: "/data/relationships/roles")
            }
        }
    }

    private static func detail(_ draft: ProviderGroupDraft) -> [(name: String, value: JSONValue)] {
        var detail: [(name: String, value: JSONValue)] = []
        if let name = draft.name { detail.append(("name", .string(name))) }
        if let accounts = draft.accounts { detail.append(("accounts", .array(accounts.sorted().map { .int($0) }))) }
        if let roles = draft.roles { detail.append(("roles", roles.sorted().json)) }
        return detail
    }
}
