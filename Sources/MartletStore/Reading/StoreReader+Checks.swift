import MartletCore

extension StoreReader {
    /// The tenant's own checks by id.
    public func tenantChecks() throws -> [TenantCheckRow] {
        var rows: [TenantCheckRow] = []
        try connection.query(
            "SELECT check_id, files, created_at, updated_at FROM tenant_checks WHERE tenant = $1 ORDER BY check_id",
            [.int(tenant)]
        ) { row in
            rows.append(
                TenantCheckRow(check: row.text(0), files: row.text(1), createdAt: row.time(2), updatedAt: row.time(3)))
        }
        return rows
    }

    /// The ids of the tenant's own checks, sorted.
    public func tenantCheckIDs() throws -> [String] {
        var ids: [String] = []
        try connection.query(
            "SELECT check_id FROM tenant_checks WHERE tenant = $1 ORDER BY check_id", [.int(tenant)]
        ) { ids.append($0.text(0)) }
        return ids
    }

    /// One of the tenant's own checks; nil where it has none of this id.
    public func tenantCheck(_ check: String) throws -> TenantCheckRow? {
        try connection.first(
            """
            SELECT check_id, files, created_at, updated_at FROM tenant_checks WHERE tenant = $1 AND check_id = $2
            """, [.int(tenant), .text(check)]
        ) { TenantCheckRow(check: $0.text(0), files: $0.text(1), createdAt: $0.time(2), updatedAt: $0.time(3)) }
    }

    /// All that is known of checks, whichever account's scan told it: their texts, which are only added and removed, the
    /// tenant's own, and changed parameters. Two equal stamps mean that nothing of it has changed.
    public func checkStamp() throws -> ContentHash {
        var hasher = ContentHasher()
        try connection.query(
            "SELECT COALESCE(MAX(id), 0), COUNT(*) FROM check_texts WHERE tenant = $1", [.int(tenant)]
        ) { row in
            hasher.add(row.int(0))
            hasher.add(row.int(1))
        }
        try connection.query(
            "SELECT check_id, updated_at FROM tenant_checks WHERE tenant = $1 ORDER BY check_id", [.int(tenant)]
        ) { row in
            hasher.add(row.text(0))
            hasher.add(row.int(1))
        }
        // What belongs to which list stays told apart.
        hasher.addNil()
        for (check, changes) in try checkParameters() {
            hasher.add(check)
            hasher.add(changes)
        }
        return hasher.finish()
    }

    /// The parameters the tenant has changed: a JSON object for each check.
    public func checkParameters() throws -> [(check: String, changes: String)] {
        var rows: [(String, String)] = []
        try connection.query(
            "SELECT check_id, changes FROM check_parameters WHERE tenant = $1 ORDER BY check_id", [.int(tenant)]
        ) { rows.append(($0.text(0), $0.text(1))) }
        return rows
    }
}
