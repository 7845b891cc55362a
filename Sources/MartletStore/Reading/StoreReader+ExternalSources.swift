import MartletCore

extension StoreReader {
    /// The tenant's external sources by name.
    public func externalSources() throws -> [ExternalSourceRow] {
        var rows: [ExternalSourceRow] = []
        try connection.query(
            "SELECT name, definition, created_at, updated_at FROM external_sources WHERE tenant = $1 ORDER BY name",
            [.int(tenant)]
        ) { row in
            rows.append(
                ExternalSourceRow(
                    name: row.text(0), definition: row.text(1), createdAt: row.time(2), updatedAt: row.time(3)))
        }
        return rows
    }
}
