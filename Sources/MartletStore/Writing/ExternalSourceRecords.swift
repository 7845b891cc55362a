import MartletCore

/// External sources of a tenant. What a definition says is nothing the store knows.
public enum ExternalSourceRecords {
    /// Keeps a source. One of its name that is there already is replaced, or is a `conflict` that leaves it alone.
    public static func set(
        _ name: String, to definition: String, replacing: Bool, tenant: Int64, _ connection: any Connection
    ) throws {
        let change =
            replacing
            ? "DO UPDATE SET definition = excluded.definition, updated_at = excluded.updated_at" : "DO NOTHING"
        let rows = try connection.execute(
            """
            INSERT INTO external_sources (tenant, name, definition, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $4) ON CONFLICT (tenant, name) \(change)
            """, [.int(tenant), .text(name), .text(definition), .int(try connection.now())])
        guard rows > 0 else {
            throw MartletError(.conflict, "There is a source '\(name)' already; --replace puts this one in its place.")
        }
    }

    /// The definition of a source; nil when there is none of the name.
    public static func definition(
        of name: String, tenant: Int64, _ connection: any Connection
    ) throws -> String? {
        try connection.first(
            "SELECT definition FROM external_sources WHERE tenant = $1 AND name = $2", [.int(tenant), .text(name)]
        ) { $0.text(0) }
    }

    /// Removes a source; false when there is none.
    public static func remove(_ name: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            "DELETE FROM external_sources WHERE tenant = $1 AND name = $2", [.int(tenant), .text(name)]) > 0
    }
}
