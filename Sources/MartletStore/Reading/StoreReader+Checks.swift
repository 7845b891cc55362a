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

    /// The parameters the tenant has changed: a JSON object for each check.
    public func checkParameters() throws -> [(check: String, changes: String)] {
        var rows: [(String, String)] = []
        try connection.query(
            "SELECT check_id, changes FROM check_parameters WHERE tenant = $1 ORDER BY check_id", [.int(tenant)]
        ) { rows.append(($0.text(0), $0.text(1))) }
        return rows
    }
}
