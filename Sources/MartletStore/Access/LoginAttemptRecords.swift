import MartletCore

/// Failed logins; as the dispatch role.
public enum LoginAttemptRecords {
    /// What is known of an email or address, by its hash; nil where nothing is. Nobody else may change it before the end of
    /// the transaction.
    public static func attempts(_ id: [UInt8], _ connection: any Connection) throws -> LoginAttempts? {
        try connection.first(
            "SELECT failures, last_at, blocked_until FROM login_attempts WHERE id = $1" + connection.dialect.forUpdate,
            [.bytes(id)]
        ) { LoginAttempts(failures: $0.int(0), lastAt: $0.time(1), blockedUntil: $0.time(2)) }
    }

    /// Remembers it, and forgets some that are older than `oldest`.
    public static func set(
        _ id: [UInt8], to attempts: LoginAttempts, forgettingBefore oldest: Timestamp, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO login_attempts (id, failures, last_at, blocked_until) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at,
                blocked_until = excluded.blocked_until
            """, [.bytes(id), .int(attempts.failures), .time(attempts.lastAt), .time(attempts.blockedUntil)])
        try connection.execute(
            """
            DELETE FROM login_attempts WHERE id IN
                (SELECT id FROM login_attempts WHERE last_at < $1 ORDER BY last_at LIMIT 100)
            """, [.time(oldest)])
    }

    /// Forgets it.
    public static func clear(_ id: [UInt8], _ connection: any Connection) throws {
        try connection.execute("DELETE FROM login_attempts WHERE id = $1", [.bytes(id)])
    }
}
