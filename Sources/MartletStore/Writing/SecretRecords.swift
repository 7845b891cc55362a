import MartletCore

/// Sealed secrets of a tenant. What is in them is nothing the store knows.
public enum SecretRecords {
    /// Keeps a secret in the place of an earlier one of its name.
    public static func set(_ secret: StoredSecret, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO secrets (tenant, name, kind, sealed, key_id, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $6)
            ON CONFLICT (tenant, name) DO UPDATE SET kind = excluded.kind, sealed = excluded.sealed,
                key_id = excluded.key_id, updated_at = excluded.updated_at
            """,
            [
                .int(tenant), .text(secret.name), .text(secret.kind), .bytes(secret.sealed), .text(secret.keyID),
                .int(try connection.now()),
            ])
    }

    /// The secret of this name, or nil.
    public static func secret(
        named name: String, tenant: Int64, _ connection: any Connection
    ) throws -> StoredSecret? {
        try connection.first(
            "SELECT name, kind, sealed, key_id FROM secrets WHERE tenant = $1 AND name = $2",
            [.int(tenant), .text(name)], stored)
    }

    /// Removes a secret; false when there is none.
    public static func remove(named name: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            "DELETE FROM secrets WHERE tenant = $1 AND name = $2", [.int(tenant), .text(name)]) > 0
    }

    /// Whether the connection's scope sees any secret.
    public static func hasAny(_ connection: any Connection) throws -> Bool {
        try connection.first("SELECT 1 FROM secrets LIMIT 1") { _ in true } == true
    }

    /// At most `limit` secrets that another key than `keyID` sealed, by name and behind `name`.
    public static func sealed(
        otherThanBy keyID: String, after name: String, limit: Int, tenant: Int64, _ connection: any Connection
    ) throws -> [StoredSecret] {
        var secrets: [StoredSecret] = []
        try connection.query(
            """
            SELECT name, kind, sealed, key_id FROM secrets
            WHERE tenant = $1 AND name > $2 AND key_id <> $3 ORDER BY name LIMIT \(limit)
            """, [.int(tenant), .text(name), .text(keyID)]
        ) { secrets.append(stored($0)) }
        return secrets
    }

    /// Puts other sealed bytes in the place of `old`, if it is still as it was; false when somebody has set or removed
    /// it meanwhile.
    public static func reseal(
        _ old: StoredSecret, as sealed: [UInt8], keyID: String, tenant: Int64, _ connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            "UPDATE secrets SET sealed = $4, key_id = $5 WHERE tenant = $1 AND name = $2 AND sealed = $3",
            [.int(tenant), .text(old.name), .bytes(old.sealed), .bytes(sealed), .text(keyID)]) > 0
    }

    private static func stored(_ row: any Row) -> StoredSecret {
        StoredSecret(name: row.text(0), kind: row.text(1), sealed: row.bytes(2), keyID: row.text(3))
    }
}
