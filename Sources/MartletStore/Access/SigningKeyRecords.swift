import MartletCore

/// Keys that sign access tokens; as the dispatch role.
public enum SigningKeyRecords {
    /// All keys, the newest first.
    public static func all(_ connection: any Connection) throws -> [StoredSigningKey] {
        var keys: [StoredSigningKey] = []
        try connection.query(
            "SELECT id, sealed, key_id, created_at FROM signing_keys ORDER BY created_at DESC, id DESC"
        ) {
            keys.append(
                StoredSigningKey(id: $0.text(0), sealed: $0.bytes(1), keyID: $0.text(2), createdAt: $0.time(3)))
        }
        return keys
    }

    /// Keeps others from making a key at the same time.
    public static func lock(_ connection: any Connection) throws {
        try connection.lock(.numbers(table: "signing_keys", tenant: 0))
    }

    /// Keeps a key.
    public static func add(_ key: StoredSigningKey, _ connection: any Connection) throws {
        try connection.execute(
            "INSERT INTO signing_keys (id, sealed, key_id, created_at) VALUES ($1, $2, $3, $4)",
            [.text(key.id), .bytes(key.sealed), .text(key.keyID), .time(key.createdAt)])
    }

    /// Puts other sealed bytes in a key's place.
    public static func reseal(
        _ id: String, as sealed: [UInt8], keyID: String, _ connection: any Connection
    ) throws {
        try connection.execute(
            "UPDATE signing_keys SET sealed = $2, key_id = $3 WHERE id = $1",
            [.text(id), .bytes(sealed), .text(keyID)])
    }

    /// Removes a key.
    public static func remove(_ id: String, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM signing_keys WHERE id = $1", [.text(id)])
    }
}
