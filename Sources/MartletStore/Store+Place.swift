extension Store {
    /// The file of an embedded store; nil where the store is on a server.
    public var filePath: String? {
        guard !PostgresSettings.accepts(url) else { return nil }
        return try? Self.sqlitePath(of: url)
    }

    /// The same store for another tenant, by its number.
    public func of(tenant number: Int64) -> Store {
        Store(
            database: database.scoped(to: .tenant(number)), tenant: number,
            tenantName: number == tenant ? tenantName : "tenant \(number)", url: url,
            defaultFrameworks: defaultFrameworks)
    }

    /// The numbers of all tenants, in their order.
    public func tenants() async throws -> [Int64] {
        try await database.scoped(to: .dispatch).read { connection in
            var tenants: [Int64] = []
            try connection.query("SELECT id FROM tenants ORDER BY id") { tenants.append($0.int(0)) }
            return tenants
        }
    }
}
