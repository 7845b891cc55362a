import MartletCore

extension StoreReader {
    /// Conditions on jobs. Nil means "any".
    public struct TaskQuery: Sendable, Hashable {
        /// Numbers of accounts; the tenant's own work is in every selection.
        public var accounts: Set<Int64>?
        /// A whole id.
        public var id: String?
        /// States, of which it must be in one.
        public var states: Set<JobState>?
        /// Kinds, of which it must be one.
        public var kinds: Set<JobKind>?
        /// Whether a schedule asked for it.
        public var isScheduled: Bool?
        /// Columns to order by, with their direction; then the newest first.
        public var order: [String] = []

        /// Every job, the newest first.
        public init() {}
    }

    /// A part of a list of jobs, ticks left out, and how many there are.
    public func tasks(
        _ query: TaskQuery, offset: Int = 0, limit: Int
    ) throws -> (rows: [TaskRow], count: FindingCount) {
        var parts = [
            "j.tenant = $1", "j.queue <> '_tick'",
            // Of an account that is being removed nothing is seen but that.
            """
            (j.kind = 'account_removal' OR NOT EXISTS (SELECT 1 FROM account_removals h
                WHERE h.tenant = $1 AND h.account = j.account))
            """,
        ]
        var values: [Value] = [.int(tenant)]
        if let accounts = query.accounts {
            // Whoever removed an account sees how far that has come, though nobody sees the account any more.
            let about = JobKind.accountSQL("j.account")
            parts.append(
                "(\(about) IS NULL OR \(about) IN (\(Self.list(accounts.union([0])))) OR j.kind = 'account_removal')")
        }
        if let id = query.id {
            values.append(.text(id))
            parts.append("j.id = $\(values.count)")
        }
        if let states = query.states {
            parts.append(
                "j.state IN (\((states.map { "'\($0.rawValue)'" } + ["''"]).sorted().joined(separator: ", ")))")
        }
        if let kinds = query.kinds {
            parts.append("j.kind IN (\((kinds.map { "'\($0.rawValue)'" } + ["''"]).sorted().joined(separator: ", ")))")
        }
        let scheduled = "SUBSTR(COALESCE(j.unique_key, ''), 1, 9) = 'schedule-'"
        if let isScheduled = query.isScheduled { parts.append(isScheduled ? scheduled : "NOT \(scheduled)") }
        let condition = parts.joined(separator: " AND ")
        var rows: [TaskRow] = []
        try connection.query(
            """
            SELECT j.id, j.kind, j.state, CASE WHEN \(scheduled) THEN 1 ELSE 0 END, j.progress, j.progress_text,
                j.attempts, j.losses, j.cancel_requested_at, j.error_code, j.error_message, j.queued_at, j.finished_at,
                a.provider, a.uid, j.result, r.provider, r.uid
            FROM jobs j LEFT JOIN accounts a ON a.tenant = $1 AND a.id = \(JobKind.accountSQL("j.account"))
            LEFT JOIN account_removals r ON r.tenant = $1 AND r.account = j.account
            WHERE \(condition) ORDER BY \((query.order + ["j.queued_at DESC", "j.id DESC"]).joined(separator: ", "))
            LIMIT \(min(max(limit, 1), Self.maximumPageRows)) OFFSET \(max(0, offset))
            """, values
        ) { row in
            guard let kind = JobKind(rawValue: row.text(1)), let state = JobState(rawValue: row.text(2)) else { return }
            let place = row.isNull(13) ? 16 : 13
            let account =
                row.isNull(place)
                ? nil
                : Provider(name: row.text(place)).map {
                    AccountKey(provider: $0, uid: row.text(place + 1))
                }
            rows.append(
                TaskRow(
                    id: row.text(0), kind: kind, account: account, state: state,
                    isScheduled: row.int(3) != 0, progress: Int(row.int(4)), progressText: row.optionalText(5),
                    attempts: row.int(6), losses: row.int(7), isCancelRequested: !row.isNull(8),
                    failure: row.optionalText(9).map { JobFailure(code: $0, message: row.text(10)) },
                    queuedAt: row.time(11), finishedAt: row.optionalTime(12), result: row.optionalText(15)))
        }
        let count =
            try connection.first(
                "SELECT COUNT(*) FROM (SELECT 1 AS one FROM jobs j WHERE \(condition) LIMIT \(FindingCount.limit + 1)) q",
                values
            ) { $0.int(0) } ?? 0
        return (rows, FindingCount(count: min(count, FindingCount.limit), isExact: count <= FindingCount.limit))
    }

    /// Checks × regions of an account by what became of them, as known at the published scan or an earlier generation.
    public func coverageCounts(of account: Int64, generation: Int64) throws -> [String: Int64] {
        var counts: [String: Int64] = [:]
        let id = AccountID(tenant: tenant, account: account)
        try CoverageRecords.entries(id, generation: generation, connection) { entry in
            counts[entry.state.name, default: 0] += 1
        }
        return counts
    }
}
