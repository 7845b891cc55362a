import MartletCore

/// What became of requests that carried an idempotency key.
public enum IdempotencyRecords {
    /// How long an answer is kept: 24 h, in milliseconds.
    public static let lifetime: Int64 = 86_400_000

    /// How long a request may be in flight before it counts as lost with its server: 2 min, in milliseconds.
    public static let patience: Int64 = 120_000

    /// What a request with a key finds.
    public enum Beginning: Sendable, Equatable {
        /// It is the first one and is to be carried out.
        case first
        /// The same is being carried out.
        case inFlight
        /// The key was used with another body.
        case otherBody
        /// It was carried out, and this was the answer.
        case answered(IdempotentAnswer)
    }

    /// Begins a request, unless there is one.
    ///
    /// - Parameters:
    ///   - request: A hash over who asks, of what, and the key.
    ///   - body: A hash over the body.
    public static func begin(
        _ request: ContentHash, body: ContentHash, tenant: Int64, _ connection: any Connection
    ) throws -> Beginning {
        let now = try connection.now()
        // A thousand at a time, so that no request pays for a pause.
        try connection.execute(
            """
            DELETE FROM idempotency_keys WHERE tenant = $1 AND request IN
                (SELECT request FROM idempotency_keys WHERE tenant = $1 AND begun_at < $2 ORDER BY begun_at LIMIT 1000)
            """, [.int(tenant), .int(now - lifetime)])
        try connection.execute(
            """
            DELETE FROM idempotency_keys WHERE tenant = $1 AND request = $2
                AND (begun_at < $3 OR status = 0 AND begun_at < $4)
            """, [.int(tenant), .hash(request), .int(now - lifetime), .int(now - patience)])
        let inserted = try connection.execute(
            """
            INSERT INTO idempotency_keys (tenant, request, body, begun_at, status, headers, answer)
            VALUES ($1, $2, $3, $4, 0, '', $5) ON CONFLICT (tenant, request) DO NOTHING
            """, [.int(tenant), .hash(request), .hash(body), .int(now), .bytes([])])
        guard inserted == 0 else { return .first }
        return try connection.first(
            "SELECT body, status, headers, answer FROM idempotency_keys WHERE tenant = $1 AND request = $2",
            [.int(tenant), .hash(request)]
        ) { row -> Beginning in
            guard row.hash(0) == body else { return .otherBody }
            guard row.int(1) != 0 else { return .inFlight }
            return .answered(
                IdempotentAnswer(status: Int(row.int(1)), headers: row.text(2), body: row.bytes(3)))
        } ?? .inFlight
    }

    /// Keeps the answer of a request that was begun.
    public static func finish(
        _ request: ContentHash, with answer: IdempotentAnswer, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE idempotency_keys SET status = $3, headers = $4, answer = $5
            WHERE tenant = $1 AND request = $2 AND status = 0
            """,
            [
                .int(tenant), .hash(request), .int(Int64(answer.status)), .text(answer.headers), .bytes(answer.body),
            ])
    }

    /// Forgets a request that failed in a way that is worth another try.
    public static func forget(_ request: ContentHash, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM idempotency_keys WHERE tenant = $1 AND request = $2 AND status = 0",
            [.int(tenant), .hash(request)])
    }
}
