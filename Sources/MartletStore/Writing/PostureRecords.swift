import MartletCore

/// The summary of an account's findings and the version of what readers see.
public enum PostureRecords {
    /// Replaces the counts by status, severity and mute.
    public static func replace(
        _ groups: [Tallies.Group], _ account: AccountID, generation: Int64, _ connection: any Connection
    ) throws {
        var counts: [[Int64]: Int64] = [:]
        for group in groups {
            let key = [Int64(group.status.rawValue), Int64(group.severity.rawValue), group.muted ? 1 : 0]
            counts[key, default: 0] += group.count
        }
        let writer = try VersionedWriter(.postures, account, generation: generation, connection)
        for key in counts.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            try writer.add(key: key.map(Value.int), values: [.int(counts[key] ?? 0)])
        }
        try writer.finish()
    }

    /// Tells that something visible has changed and that nothing is pending.
    public static func raiseVersion(_ account: AccountID, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE accounts SET posture_version = posture_version + 1, pending = 0 WHERE tenant = $1 AND id = $2",
            account.values)
    }

    /// Tells that a change has not reached the postures of these accounts: all of the tenant, or those of providers.
    public static func markPending(tenant: Int64, providers: [String]?, _ connection: any Connection) throws {
        guard let providers else {
            try connection.execute(
                "UPDATE accounts SET pending = 1 WHERE tenant = $1 AND published > 0", [.int(tenant)])
            return
        }
        for provider in providers.sorted() {
            try connection.execute(
                "UPDATE accounts SET pending = 1 WHERE tenant = $1 AND provider = $2 AND published > 0",
                [.int(tenant), .text(provider)])
        }
    }

    /// Moves what readers see to a generation.
    public static func publish(
        _ account: AccountID, generation: Int64, scan: String, observedAt: Timestamp?, at time: Int64,
        _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE accounts SET published = $3, published_scan = $4, observed_at = $5, published_at = $6
            WHERE tenant = $1 AND id = $2
            """,
            account.values + [.int(generation), .text(scan), .optional(observedAt), .int(time)])
    }

    /// Resources and tags that hold.
    public static func resources(
        _ account: AccountID, _ connection: any Connection
    ) throws -> (resources: Int64, tags: Int64) {
        let counts = try connection.first(
            """
            SELECT COUNT(*), CAST(COALESCE(SUM(tag_count), 0) AS BIGINT) FROM resources
            WHERE tenant = $1 AND account = $2 AND closed_in IS NULL
            """, account.values
        ) { ($0.int(0), $0.int(1)) }
        return counts ?? (0, 0)
    }
}
