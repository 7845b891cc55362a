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

    /// Tells that a change has not reached the postures of these accounts: all of the tenant, or those of providers.
    ///
    /// Who marks them goes on to evaluate them. When that was interrupted, a worker does it (``Upkeep``).
    public static func markPending(tenant: Int64, providers: [String]?, _ connection: any Connection) throws {
        // Accounts without a posture are written, too: where the first one is being published at this moment, this waits
        // for its end and finds it published. As a condition the same would pass the account over.
        let change = "UPDATE accounts SET pending = CASE WHEN published > 0 THEN 1 ELSE 0 END WHERE tenant = $1"
        if let providers {
            for provider in providers.sorted() {
                try connection.execute(change + " AND provider = $2", [.int(tenant), .text(provider)])
            }
        } else {
            try connection.execute(change, [.int(tenant)])
        }
        try Upkeep.want(tenant: tenant, within: Upkeep.pendingMilliseconds, connection)
    }

    /// The same for the accounts of these uids.
    public static func markPending(
        tenant: Int64, uids: some Collection<String>, _ connection: any Connection
    ) throws {
        for uid in Set(uids).sorted() {
            try connection.execute(
                """
                UPDATE accounts SET pending = CASE WHEN published > 0 THEN 1 ELSE 0 END WHERE tenant = $1 AND uid = $2
                """, [.int(tenant), .text(uid)])
        }
        try Upkeep.want(tenant: tenant, within: Upkeep.pendingMilliseconds, connection)
    }

    /// How many postures of the tenant a change has not reached.
    public static func pendingCount(tenant: Int64, _ connection: any Connection) throws -> Int {
        try connection.first("SELECT COUNT(*) FROM accounts WHERE tenant = $1 AND pending <> 0", [.int(tenant)]) {
            Int($0.int(0))
        } ?? 0
    }

    /// Keeps others from ending or asking for re-evaluations until the end of the transaction, so that a job which finds
    /// nothing pending is not taken for one that is still going to look.
    public static func lockPending(tenant: Int64, _ connection: any Connection) throws {
        try connection.lock(.numbers(table: "pending", tenant: tenant))
    }

    /// Whether a change has not reached the account's posture.
    public static func isPending(_ account: AccountID, _ connection: any Connection) throws -> Bool {
        try connection.first(
            "SELECT pending FROM accounts WHERE tenant = $1 AND id = $2", account.values, { $0.int(0) != 0 }) ?? false
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
