import MartletCore

/// A tenant's retention rule and the horizons of its accounts.
public enum RetentionRecords {
    /// The rule of a tenant; one that keeps everything where none was set.
    public static func rule(tenant: Int64, _ connection: any Connection) throws -> RetentionRule {
        try connection.first("SELECT keep_scans, keep_days FROM tenants WHERE id = $1", [.int(tenant)]) {
            RetentionRule(keepScans: $0.optionalInt(0), keepDays: $0.optionalInt(1))
        } ?? RetentionRule()
    }

    /// Makes a rule the tenant's. Nothing is removed by it: horizons move with ``moveHorizon(_:to:_:)``.
    public static func setRule(_ rule: RetentionRule, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE tenants SET keep_scans = $2, keep_days = $3 WHERE id = $1",
            [.int(tenant), .optional(rule.keepScans), .optional(rule.keepDays)])
        try Upkeep.want(tenant: tenant, within: 0, connection)
    }

    /// Every account of a tenant that has something published, by provider and uid.
    public static func accounts(tenant: Int64, _ connection: any Connection) throws -> [PrunedAccount] {
        var accounts: [PrunedAccount] = []
        try connection.query(
            """
            SELECT id, provider, uid, horizon, pruned FROM accounts WHERE tenant = $1 AND published > 0
            """, [.int(tenant)]
        ) { row in
            guard let provider = Provider(name: row.text(1)) else { return }
            accounts.append(
                PrunedAccount(
                    id: AccountID(tenant: tenant, account: row.int(0)),
                    key: AccountKey(provider: provider, uid: row.text(2)), horizon: row.int(3), pruned: row.int(4)))
        }
        // Databases order text differently.
        return accounts.sorted { $0.key < $1.key }
    }

    /// The published scans of an account from a generation on, newest first. Those before a horizon can't come back, so
    /// that a caller who passes it reads no more than what is kept and what has come since.
    public static func publishedScans(
        _ account: AccountID, from generation: Int64, _ connection: any Connection
    ) throws -> [PublishedScan] {
        var scans: [PublishedScan] = []
        try connection.query(
            """
            SELECT id, generation, finished_at FROM scans WHERE tenant = $1 AND account = $2 AND generation >= $3
            AND state IN ('completed', 'completed_with_gaps') ORDER BY generation DESC
            """, account.values + [.int(generation)]
        ) { scans.append(PublishedScan(id: $0.text(0), generation: $0.int(1), publishedAt: $0.time(2))) }
        return scans
    }

    /// The horizon of an account; 0 when there is no such account.
    public static func horizon(_ account: AccountID, _ connection: any Connection) throws -> Int64 {
        try connection.first("SELECT horizon FROM accounts WHERE tenant = $1 AND id = $2", account.values) { $0.int(0) }
            ?? 0
    }

    /// Moves the horizon forward, never back and never past what is published. From the commit on readers refuse what
    /// lies before it, so that rows may go. Gives whether it moved.
    public static func moveHorizon(
        _ account: AccountID, to generation: Int64, _ connection: any Connection
    ) throws -> Bool {
        // What can be read is part of what readers see, hence the version.
        try connection.execute(
            """
            UPDATE accounts SET horizon = $3, posture_version = posture_version + 1
            WHERE tenant = $1 AND id = $2 AND horizon < $3 AND published >= $3
            """, account.values + [.int(generation)]) > 0
    }

    /// Remembers that nothing before a horizon is left.
    public static func setPruned(_ account: AccountID, upTo horizon: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE accounts SET pruned = $3 WHERE tenant = $1 AND id = $2 AND pruned < $3 AND horizon >= $3",
            account.values + [.int(horizon)])
    }

    /// The oldest published scan of an account that can be read; nil when nothing is published.
    static func oldestReadable(
        _ account: AccountID, horizon: Int64, _ connection: any Connection
    ) throws -> PublishedScan? {
        try connection.first(
            """
            SELECT id, generation, finished_at FROM scans WHERE tenant = $1 AND account = $2 AND generation >= $3
            AND state IN ('completed', 'completed_with_gaps') ORDER BY generation LIMIT 1
            """, account.values + [.int(horizon)]
        ) { PublishedScan(id: $0.text(0), generation: $0.int(1), publishedAt: $0.time(2)) }
    }
}
