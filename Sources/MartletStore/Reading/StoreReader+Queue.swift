import MartletCore

extension StoreReader {
    /// One job; nil when there is none with the id.
    public func job(_ id: String) throws -> JobRow? {
        try jobs(where: "j.id = $2", [.text(id)], order: "j.id", limit: 1).first
    }

    /// What waits and what runs, with at most `limit` jobs.
    public func queue(limit: Int = 100) throws -> QueueStatus {
        let now = try connection.now()
        let counts = try connection.first(
            """
            SELECT COUNT(*), COALESCE(SUM(CASE WHEN run_at > $2 THEN 1 ELSE 0 END), 0),
                MIN(CASE WHEN run_at <= $2 THEN queued_at END)
            FROM jobs WHERE tenant = $1 AND state = 'queued'
            """, [.int(tenant), .int(now)]
        ) { (all: $0.int(0), delayed: $0.int(1), oldest: $0.optionalTime(2)) }
        let running = try connection.first(
            "SELECT COUNT(*) FROM jobs WHERE tenant = $1 AND state = 'running'", [.int(tenant)]
        ) { $0.int(0) }
        let waits = try lastWaits()
        let held = try jobs(where: "j.state = 'running'", [], order: "j.claimed_at, j.id", limit: limit)
        let queued = try jobs(
            where: "j.state = 'queued'", [], order: "j.priority DESC, j.queued_at, j.id", limit: limit - held.count)
        return QueueStatus(
            depth: (counts?.all ?? 0) - (counts?.delayed ?? 0), delayed: counts?.delayed ?? 0, running: running ?? 0,
            oldest: counts?.oldest, medianWait: Self.share(50, of: waits), longWait: Self.share(95, of: waits),
            jobs: held + queued)
    }

    /// Ascending.
    private func lastWaits() throws -> [Int64] {
        var waits: [Int64] = []
        try connection.query(
            """
            SELECT first_claimed_at - queued_at FROM jobs WHERE tenant = $1 AND first_claimed_at IS NOT NULL
            ORDER BY first_claimed_at DESC LIMIT 1000
            """, [.int(tenant)]
        ) { waits.append($0.int(0)) }
        return waits.sorted()
    }

    /// The smallest value that so many of a hundred don't exceed.
    private static func share(_ percent: Int, of sorted: [Int64]) -> Int64? {
        sorted.isEmpty ? nil : sorted[min(max((sorted.count * percent + 99) / 100 - 1, 0), sorted.count - 1)]
    }

    private func jobs(where condition: String, _ values: [Value], order: String, limit: Int) throws -> [JobRow] {
        guard limit > 0 else { return [] }
        let now = try connection.now()
        var rows: [JobRow] = []
        try connection.query(
            """
            SELECT j.id, j.kind, j.state, j.queue, j.priority, j.run_at, j.attempts, j.losses, j.token, j.worker, j.host,
                j.pid, j.progress, j.progress_text, j.cancel_requested_at, j.error_code, j.error_message, j.queued_at,
                j.first_claimed_at, j.claimed_at, j.finished_at, l.token, l.expires_at, l.worker, l.host, l.pid, l.scan,
                a.provider, a.uid
            FROM jobs j LEFT JOIN leases l ON l.tenant = j.tenant AND l.account = j.account
            LEFT JOIN accounts a ON a.tenant = j.tenant AND a.id = \(JobKind.accountSQL("j.account"))
            WHERE j.tenant = $1 AND \(condition) ORDER BY \(order) LIMIT \(limit)
            """, [.int(tenant)] + values
        ) { row in if let job = Self.job(row, at: now) { rows.append(job) } }
        return rows
    }

    private static func job(_ row: any Row, at now: Int64) -> JobRow? {
        guard let kind = JobKind(rawValue: row.text(1)), let state = JobState(rawValue: row.text(2)) else { return nil }
        let account = Provider(name: row.text(27)).map { AccountKey(provider: $0, uid: row.text(28)) }
        return JobRow(
            id: row.text(0), kind: kind, account: row.isNull(27) ? nil : account, state: state, queue: row.text(3),
            priority: row.int(4), runAt: row.time(5), attempts: row.int(6), losses: row.int(7), token: row.int(8),
            holder: row.isNull(9) ? nil : Worker(name: row.text(9), host: row.text(10), pid: row.int(11)),
            heldUntil: state == .running && row.int(21) == row.int(8) ? row.optionalTime(22) : nil,
            progress: Int(row.int(12)), progressText: row.optionalText(13), isCancelRequested: !row.isNull(14),
            failure: row.optionalText(15).map { JobFailure(code: $0, message: row.text(16)) }, queuedAt: row.time(17),
            firstClaimedAt: row.optionalTime(18), claimedAt: row.optionalTime(19), finishedAt: row.optionalTime(20),
            wait: state == .queued ? wait(row, at: now) : nil)
    }

    private static func wait(_ row: any Row, at now: Int64) -> JobRow.Wait {
        if row.int(5) > now { return .time(row.time(5)) }
        guard let until = row.optionalTime(22), until.milliseconds > now else { return .worker }
        return .held(
            by: Worker(name: row.text(23), host: row.text(24), pid: row.int(25)), until: until, job: row.text(26))
    }
}
