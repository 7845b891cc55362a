import MartletCore

/// Groups of accounts.
public enum ProviderGroupRecords {
    /// Makes a group. Throws ``MartletError`` `conflict` when the name is taken.
    public static func create(
        _ draft: ProviderGroupDraft, tenant: Int64, _ connection: any Connection
    ) throws -> ProviderGroupRow {
        let now = try connection.now()
        let id = ScanID.make(at: Timestamp(milliseconds: now))
        let rows = try connection.execute(
            """
            INSERT INTO provider_groups (tenant, id, name, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)
            ON CONFLICT (tenant, name) DO NOTHING
            """, [.int(tenant), .text(id), .text(draft.name ?? ""), .int(now)])
        guard rows == 1 else { throw nameTaken }
        try link(id, draft, tenant, connection)
        guard let group = try group(id, tenant: tenant, connection) else { throw nameTaken }
        return group
    }

    /// Changes what the draft says; false when there is no such group. Throws like ``create(_:tenant:_:)``.
    public static func change(
        _ id: String, to draft: ProviderGroupDraft, tenant: Int64, _ connection: any Connection
    ) throws -> Bool {
        if let name = draft.name {
            let owner = try connection.first(
                "SELECT id FROM provider_groups WHERE tenant = $1 AND name = $2", [.int(tenant), .text(name)]
            ) { $0.text(0) }
            guard owner == nil || owner == id else { throw nameTaken }
        }
        let rows = try connection.execute(
            """
            UPDATE provider_groups SET name = COALESCE($3, name), version = version + 1, updated_at = $4
            WHERE tenant = $1 AND id = $2
            """, [.int(tenant), .text(id), .optional(draft.name), .int(try connection.now())])
        guard rows == 1 else { return false }
        try link(id, draft, tenant, connection)
        return true
    }

    /// A group with its links, or nil.
    public static func group(_ id: String, tenant: Int64, _ connection: any Connection) throws -> ProviderGroupRow? {
        let group = try connection.first(
            "SELECT \(ProviderGroupRow.columns) FROM provider_groups WHERE tenant = $1 AND id = $2",
            [.int(tenant), .text(id)]
        ) { ProviderGroupRow($0) }
        guard var group else { return nil }
        group.roles = try LinkTable.roleGroups.lefts(of: id, tenant: tenant, connection)
        try connection.query(
            """
            SELECT account FROM provider_group_accounts WHERE tenant = $1 AND provider_group = $2 ORDER BY account
            """, [.int(tenant), .text(id)]
        ) { group.accounts.append($0.int(0)) }
        return group
    }

    /// All groups with their links, by name.
    public static func all(tenant: Int64, _ connection: any Connection) throws -> [ProviderGroupRow] {
        let roles = try LinkTable.roleGroups.pairs(byRight: true, tenant: tenant, connection)
        var accounts: [String: [Int64]] = [:]
        try connection.query(
            """
            SELECT provider_group, account FROM provider_group_accounts WHERE tenant = $1
            ORDER BY provider_group, account
            """, [.int(tenant)]
        ) { accounts[$0.text(0), default: []].append($0.int(1)) }
        var rows: [ProviderGroupRow] = []
        try connection.query(
            "SELECT \(ProviderGroupRow.columns) FROM provider_groups WHERE tenant = $1 ORDER BY name", [.int(tenant)]
        ) { row in
            var group = ProviderGroupRow(row)
            group.roles = roles[group.id] ?? []
            group.accounts = accounts[group.id] ?? []
            rows.append(group)
        }
        return rows
    }

    /// The ids of the groups that each account is in, by the account's number.
    public static func groups(tenant: Int64, _ connection: any Connection) throws -> [Int64: [String]] {
        var groups: [Int64: [String]] = [:]
        try connection.query(
            "SELECT account, provider_group FROM provider_group_accounts WHERE tenant = $1 ORDER BY account, provider_group",
            [.int(tenant)]
        ) { groups[$0.int(0), default: []].append($0.text(1)) }
        return groups
    }

    /// Removes a group with its links; false when there is none.
    public static func remove(_ id: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        try LinkTable.roleGroups.remove(right: id, tenant: tenant, connection)
        try removeAccounts(of: id, tenant, connection)
        return try connection.execute(
            "DELETE FROM provider_groups WHERE tenant = $1 AND id = $2", [.int(tenant), .text(id)]) > 0
    }

    private static func removeAccounts(of id: String, _ tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM provider_group_accounts WHERE tenant = $1 AND provider_group = $2", [.int(tenant), .text(id)])
    }

    private static func link(
        _ id: String, _ draft: ProviderGroupDraft, _ tenant: Int64, _ connection: any Connection
    ) throws {
        if let roles = draft.roles {
            try LinkTable.roleGroups.replace(right: id, with: roles, tenant: tenant, connection)
        }
        guard let accounts = draft.accounts else { return }
        try removeAccounts(of: id, tenant, connection)
        for account in Set(accounts).sorted() {
            try connection.execute(
                "INSERT INTO provider_group_accounts (tenant, provider_group, account) VALUES ($1, $2, $3)",
                [.int(tenant), .text(id), .int(account)])
        }
    }

    private static var nameTaken: MartletError {
        MartletError(.conflict, "There is a provider group of this name already.", place: "/data/attributes/name")
    }
}
