import MartletCore

extension StoreReader {
    /// The tenant's secrets by name, without anything of their values.
    public func secrets() throws -> [SecretRow] {
        var rows: [SecretRow] = []
        try connection.query(
            "SELECT name, kind, key_id, created_at, updated_at FROM secrets WHERE tenant = $1 ORDER BY name",
            [.int(tenant)]
        ) { row in
            rows.append(
                SecretRow(
                    name: row.text(0), kind: row.text(1), keyID: row.text(2), createdAt: row.time(3),
                    updatedAt: row.time(4)))
        }
        return rows
    }
}
