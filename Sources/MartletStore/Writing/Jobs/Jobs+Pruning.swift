import MartletCore

extension Jobs {
    /// Removes jobs of the tenant's own that ended before a moment, at most `limit` of one kind, the oldest first. Costs what
    /// it removes: the index `jobs_ended` leads to them. Gives how many were removed.
    ///
    /// The job of a scan stays as long as the scan's row, of which it is the other half; they go with the account.
    public static func prune(
        _ kind: JobKind, endedBefore time: Int64, limit: Int, tenant: Int64, _ connection: any Connection
    ) throws -> Int {
        guard kind != .scan else { return 0 }
        return try connection.execute(
            """
            DELETE FROM jobs WHERE tenant = $1 AND id IN (
                SELECT id FROM jobs WHERE tenant = $1 AND kind = '\(kind.rawValue)' AND kind <> 'scan'
                AND finished_at IS NOT NULL AND finished_at < $2 ORDER BY finished_at LIMIT $3)
            """, [.int(tenant), .int(time), .int(Int64(limit))])
    }
}
