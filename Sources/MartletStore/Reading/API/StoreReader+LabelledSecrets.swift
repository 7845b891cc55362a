import MartletCore

extension StoreReader {
    /// The secrets that accounts have of their own (`accounts/PROVIDER/UID`), by name.
    public func accountSecrets() throws -> [LabelledSecret] {
        var rows: [LabelledSecret] = []
        try connection.query(
            """
            SELECT name, label, access, created_at, updated_at FROM secrets
            WHERE tenant = $1 AND name >= 'accounts/' AND name < 'accounts0' ORDER BY name
            """, [.int(tenant)]
        ) { row in
            rows.append(
                LabelledSecret(
                    name: row.text(0), label: row.optionalText(1), access: row.optionalText(2), createdAt: row.time(3),
                    updatedAt: row.time(4)))
        }
        return rows
    }

    /// Whether the tenant has a secret of this name.
    public func hasSecret(_ name: String) throws -> Bool {
        try connection.first("SELECT 1 FROM secrets WHERE tenant = $1 AND name = $2", [.int(tenant), .text(name)]) {
            _ in
            true
        } ?? false
    }
}
