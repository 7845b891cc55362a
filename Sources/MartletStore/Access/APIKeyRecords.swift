import MartletCore

/// API keys of a tenant.
public enum APIKeyRecords {
    /// Makes a key. Throws ``MartletError`` `conflict` when the name is taken.
    public static func create(
        _ draft: APIKeyDraft, tenant: Int64, _ connection: any Connection
    ) throws -> APIKeyRow {
        let now = try connection.now()
        let id = ScanID.make(at: Timestamp(milliseconds: now))
        let rows = try connection.execute(
            """
            INSERT INTO api_keys (tenant, id, prefix, secret, name, user_id, scopes, created_at, updated_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9) ON CONFLICT (tenant, name) DO NOTHING
            """,
            [
                .int(tenant), .text(id), .text(draft.prefix), .bytes(draft.secret), .text(draft.name),
                .text(draft.user), .optional(draft.scopes?.rawValue), .int(now), .time(draft.expiresAt),
            ])
        guard rows == 1, let key = try key(id, tenant: tenant, connection) else { throw nameTaken }
        return key
    }

    /// The tenant and id of the key with this prefix, or nil; as the dispatch role, which sees no more of keys than that.
    public static func find(prefix: String, _ connection: any Connection) throws -> (tenant: Int64, id: String)? {
        try connection.first("SELECT tenant, id FROM api_keys WHERE prefix = $1", [.text(prefix)]) {
            ($0.int(0), $0.text(1))
        }
    }

    /// A key, or nil.
    public static func key(_ id: String, tenant: Int64, _ connection: any Connection) throws -> APIKeyRow? {
        try connection.first(
            "SELECT \(APIKeyRow.columns) FROM api_keys WHERE tenant = $1 AND id = $2", [.int(tenant), .text(id)]
        ) { APIKeyRow($0) }
    }

    /// The hash of a key's secret half, or nil.
    public static func secret(of id: String, tenant: Int64, _ connection: any Connection) throws -> [UInt8]? {
        try connection.first(
            "SELECT secret FROM api_keys WHERE tenant = $1 AND id = $2", [.int(tenant), .text(id)]
        ) { $0.bytes(0) }
    }

    /// All keys, the newest first.
    public static func all(tenant: Int64, _ connection: any Connection) throws -> [APIKeyRow] {
        var rows: [APIKeyRow] = []
        try connection.query(
            "SELECT \(APIKeyRow.columns) FROM api_keys WHERE tenant = $1 ORDER BY id DESC", [.int(tenant)]
        ) { rows.append(APIKeyRow($0)) }
        return rows
    }

    /// Gives a key another name. Throws ``MartletError`` `conflict` when it is taken.
    public static func rename(
        _ id: String, to name: String, tenant: Int64, _ connection: any Connection
    ) throws {
        let owner = try connection.first(
            "SELECT id FROM api_keys WHERE tenant = $1 AND name = $2", [.int(tenant), .text(name)]
        ) { $0.text(0) }
        guard owner == nil || owner == id else { throw nameTaken }
        try connection.execute(
            "UPDATE api_keys SET name = $3, version = version + 1, updated_at = $4 WHERE tenant = $1 AND id = $2",
            [.int(tenant), .text(id), .text(name), .int(try connection.now())])
    }

    /// Revokes a key; one that is revoked already stays as it was.
    public static func revoke(_ id: String, tenant: Int64, _ connection: any Connection) throws {
        try revoke(where: "id = $2", id, tenant, connection)
    }

    /// Revokes every key of a user.
    public static func revokeAll(of user: String, tenant: Int64, _ connection: any Connection) throws {
        try revoke(where: "user_id = $2", user, tenant, connection)
    }

    /// Remembers a use, at most once a minute.
    public static func used(_ id: String, tenant: Int64, _ connection: any Connection) throws {
        let now = try connection.now()
        try connection.execute(
            """
            UPDATE api_keys SET last_used_at = $3
            WHERE tenant = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < $4)
            """, [.int(tenant), .text(id), .int(now), .int(now - usePrecision)])
    }

    /// How exactly the last use is known, in milliseconds.
    public static let usePrecision: Int64 = 60_000

    private static func revoke(
        where condition: String, _ value: String, _ tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE api_keys SET revoked_at = $3, version = version + 1, updated_at = $3
            WHERE tenant = $1 AND \(condition) AND revoked_at IS NULL
            """, [.int(tenant), .text(value), .int(try connection.now())])
    }

    private static var nameTaken: MartletError {
        MartletError(.conflict, "There is an API key of this name already.", place: "/data/attributes/name")
    }
}
