import MartletCore

extension Upkeep {
    /// How the tenant stands at a moment. Reads its row and the indexes `accounts_pending` and `mutes_expiring`.
    ///
    /// - Parameter locking: Keeps others from changing the tenant's row until the end of the transaction.
    public static func state(
        tenant: Int64, at now: Int64, locking: Bool = false, _ connection: any Connection
    ) throws -> TenantUpkeep? {
        let row = try connection.first(
            """
            SELECT upkeep_at, COALESCE(keep_scans, keep_days), retained_at, jobs_pruned_at, mutes_ended_at
            FROM tenants WHERE id = $1\(locking ? connection.dialect.forUpdate : "")
            """, [.int(tenant)]
        ) { row in
            var upkeep = TenantUpkeep(lookAt: row.int(0))
            upkeep.hasRetentionRule = !row.isNull(1)
            upkeep.retainedAt = row.optionalInt(2)
            upkeep.jobsPrunedAt = row.optionalInt(3)
            return (upkeep, mutesEndedAt: row.int(4))
        }
        guard let row else { return nil }
        var upkeep = row.0
        upkeep.isPending =
            try connection.first(
                "SELECT 1 FROM accounts WHERE tenant = $1 AND pending <> 0 LIMIT 1", [.int(tenant)], { _ in true })
            ?? false
        func muteEnd(after time: Int64) throws -> Int64? {
            try connection.first(
                "SELECT expires_at FROM mutes WHERE tenant = $1 AND expires_at > $2 ORDER BY expires_at LIMIT 1",
                [.int(tenant), .int(time)]
            ) { $0.int(0) }
        }
        upkeep.nextMuteEnd = try muteEnd(after: row.mutesEndedAt)
        if let end = upkeep.nextMuteEnd, end <= now {
            upkeep.hasEndedMute = true
            upkeep.nextMuteEnd = try muteEnd(after: now)
        }
        return upkeep
    }

    /// Stores what was decided about a tenant.
    public static func decided(_ upkeep: TenantUpkeep, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE tenants SET upkeep_at = $2, retained_at = $3, jobs_pruned_at = $4 WHERE id = $1",
            [.int(tenant), .int(upkeep.lookAt), .optional(upkeep.retainedAt), .optional(upkeep.jobsPrunedAt)])
    }

    /// No posture shows a mute any more that ended until this moment.
    public static func mutesEnded(until time: Int64, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE tenants SET mutes_ended_at = $2 WHERE id = $1 AND mutes_ended_at < $2", [.int(tenant), .int(time)])
    }
}
