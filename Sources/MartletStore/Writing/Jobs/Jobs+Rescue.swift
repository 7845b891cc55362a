import MartletCore

extension Jobs {
    /// Running jobs that may be lost: the lease has expired, is gone or is another claim's, or its holder is on `host`, where
    /// it can be seen whether the process still lives. Runs as the dispatch role.
    public static func suspects(
        seenFrom host: String, limit: Int = 256, _ connection: any Connection
    ) throws -> [LostJob] {
        let now = try connection.now()
        var suspects: [LostJob] = []
        try connection.query(
            """
            SELECT j.tenant, j.id, j.account, j.token, l.worker, l.host, l.pid, l.expires_at
            FROM jobs j LEFT JOIN leases l ON l.tenant = j.tenant AND l.account = j.account AND l.token = j.token
            WHERE j.state = 'running' AND (l.expires_at IS NULL OR l.expires_at <= $1 OR l.host = $2)
            ORDER BY l.expires_at IS NOT NULL, l.expires_at LIMIT $3
            """, [.int(now), .text(host), .int(Int64(limit))]
        ) { row in
            let account = AccountID(tenant: row.int(0), account: row.int(2))
            let lease =
                row.isNull(7)
                ? nil
                : Lease(
                    account: account, token: row.int(3), scan: row.text(1),
                    holder: Worker(name: row.text(4), host: row.text(5), pid: row.int(6)), expiresAt: row.time(7))
            suspects.append(
                LostJob(
                    job: JobID(tenant: row.int(0), id: row.text(1)), account: account, token: row.int(3), lease: lease,
                    now: Timestamp(milliseconds: now)))
        }
        return suspects
    }

    /// Takes a lost job from its holder: a new token on the fence, so that nothing of the attempt can commit any more, and
    /// the job as the machine says. False when the job is not lost (any more), or when a transaction of the holder holds the
    /// fence or the job's row at this moment; a later look tries again. Runs as the dispatch role.
    ///
    /// - Parameter isDead: The holder is known to have ended; its lease need not have expired.
    public static func rescue(
        _ lost: LostJob, isDead: Bool, limits: JobLimits = JobLimits(), _ connection: any Connection
    ) throws -> Bool {
        // Whoever works under the lease proves it by a lock on the fence, after the job's row where they write that, too;
        // this one takes both in the same order and waits for nobody.
        let known = try connection.first(
            "SELECT 1 FROM jobs j WHERE j.tenant = $1 AND j.id = $2\(connection.dialect.forUpdateSkipping("j"))",
            lost.job.values
        ) { _ in true }
        guard known == true else { return false }
        let free = try connection.first(
            """
            SELECT 1 FROM fences f WHERE f.tenant = $1 AND f.account = $2\(connection.dialect.forUpdateSkipping("f"))
            """, lost.account.values
        ) { _ in true }
        guard free == true else { return false }
        let lease = try Leases.current(lost.account, connection)
        if let lease, lease.token == lost.token, !isDead, lease.expiresAt.milliseconds > (try connection.now()) {
            return false
        }
        guard let stored = try machine(of: lost.job, connection), stored.machine.state == .running,
            stored.machine.token == lost.token
        else { return false }
        try apply(.lose(token: lost.token), to: lost.job, limits: limits, connection)
        return true
    }

    /// Of the jobs that run, those that a user wants to end. Runs as the dispatch role.
    public static func cancelRequests(_ connection: any Connection) throws -> [Int64] {
        var tokens: [Int64] = []
        try connection.query(
            "SELECT token FROM jobs WHERE state = 'running' AND cancel_requested_at IS NOT NULL LIMIT 1000"
        ) { tokens.append($0.int(0)) }
        return tokens
    }
}
