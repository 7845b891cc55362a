import MartletCore

extension StoreReader {
    /// A part of a list of scans, the newest first unless the query orders otherwise.
    ///
    /// - Parameters:
    ///   - offset: How many of the list to leave out, at most ``FindingCount/limit``.
    ///   - limit: Rows at most, 1 to ``maximumPageRows``.
    public func scanPage(_ query: ScanQuery, offset: Int = 0, limit: Int) throws -> [ScanDetail] {
        let (conditions, values) = Self.conditions(query)
        let order = query.order.map { "\(Self.column($0.by)) \($0.descending ? "DESC NULLS LAST" : "NULLS FIRST")" }
        let now = Timestamp(milliseconds: try connection.now())
        var rows: [ScanDetail] = []
        try connection.query(
            """
            SELECT \(Self.scanColumns), s.name, j.unique_key, j.state, j.priority, j.queue, j.run_at, j.progress,
                j.progress_text, j.cancel_requested_at, j.losses, j.worker
            FROM scans s JOIN accounts a ON a.tenant = s.tenant AND a.id = s.account
            LEFT JOIN jobs j ON j.tenant = $1 AND j.id = s.id
            WHERE s.tenant = $1\(conditions) ORDER BY \((order + ["s.id DESC"]).joined(separator: ", "))
            LIMIT \(min(max(limit, 1), Self.maximumPageRows)) OFFSET \(max(0, offset))
            """, [.int(tenant)] + values
        ) { row in
            guard let scan = try Self.scan(row) else { return }
            rows.append(
                ScanDetail(
                    scan: scan, account: row.int(20), name: row.optionalText(21),
                    schedule: Self.schedule(ofKey: row.optionalText(22)), job: Self.job(row, from: 23), now: now))
        }
        for place in rows.indices where rows[place].job?.state == .queued {
            let ahead = try ahead(of: rows[place])
            rows[place].job?.ahead = ahead
        }
        return rows
    }

    /// One scan by its whole id, if it is of one of these accounts; nil otherwise.
    public func scanDetail(_ id: String, accounts: Set<Int64>?) throws -> ScanDetail? {
        var query = ScanQuery()
        query.ids = [id.lowercased()]
        query.accounts = accounts
        return try scanPage(query, limit: 1).first
    }

    /// How many scans a query finds.
    public func scanCount(_ query: ScanQuery) throws -> FindingCount {
        let (conditions, values) = Self.conditions(query)
        let count = try connection.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 AS one
            FROM scans s JOIN accounts a ON a.tenant = s.tenant AND a.id = s.account
            LEFT JOIN jobs j ON j.tenant = $1 AND j.id = s.id
            WHERE s.tenant = $1\(conditions) LIMIT \(FindingCount.limit + 1)) q
            """, [.int(tenant)] + values
        ) { $0.int(0) }
        return FindingCount(count: min(count ?? 0, FindingCount.limit), isExact: count ?? 0 <= FindingCount.limit)
    }

    /// Jobs that will be claimed before a queued one, as the queue looks now.
    private func ahead(of detail: ScanDetail) throws -> Int64 {
        guard let job = detail.job else { return 0 }
        return try connection.first(
            """
            SELECT COUNT(*) FROM jobs WHERE tenant = $1 AND state = 'queued' AND run_at <= $5 AND queue <> '_tick'
            AND (priority > $2 OR priority = $2 AND (queued_at < $3 OR queued_at = $3 AND id < $4))
            """,
            [
                .int(tenant), .int(job.priority), .time(detail.scan.queuedAt), .text(detail.scan.id),
                .time(detail.now),
            ]
        ) { $0.int(0) } ?? 0
    }

    private static func job(_ row: any Row, from column: Int) -> ScanDetail.Job? {
        guard let state = row.optionalText(column).flatMap(JobState.init(rawValue:)) else { return nil }
        return ScanDetail.Job(
            state: state, priority: row.int(column + 1), queue: row.text(column + 2), runAt: row.time(column + 3),
            progress: Int(row.int(column + 4)), progressText: row.optionalText(column + 5),
            isCancelRequested: !row.isNull(column + 6), losses: row.int(column + 7), ahead: nil,
            worker: row.optionalText(column + 8))
    }

    /// The schedule in the key of a slot: `schedule-…:TIME`.
    private static func schedule(ofKey key: String?) -> String? {
        guard let key, key.hasPrefix("schedule-") else { return nil }
        return key.split(separator: ":").first.map(String.init)
    }

    private static func column(_ order: ScanQuery.Order) -> String {
        switch order {
        case .name: "s.name"
        case .trigger: "CASE WHEN SUBSTR(COALESCE(j.unique_key, ''), 1, 9) = 'schedule-' THEN 0 ELSE 1 END"
        case .scheduledAt: "j.run_at"
        case .queuedAt: "s.queued_at"
        case .finishedAt: "s.finished_at"
        case .claimedAt: "s.claimed_at"
        case .state: "s.state"
        }
    }

    /// What comes from outside is bound; numbers of accounts come from the store.
    private static func conditions(_ query: ScanQuery) -> (text: String, values: [Value]) {
        var parts: [String] = []
        var values: [Value] = []
        func bind(_ value: Value) -> String {
            values.append(value)
            return "$\(values.count + 1)"
        }
        if let accounts = query.accounts {
            parts.append(accounts.isEmpty ? "1 = 0" : "s.account IN (\(list(accounts)))")
        }
        if let ids = query.ids {
            parts.append(
                ids.isEmpty ? "1 = 0" : "s.id IN (\(ids.sorted().map { bind(.text($0)) }.joined(separator: ", ")))")
        }
        if let states = query.states {
            let names = states.map { "'\($0.rawValue)'" }.sorted()
            parts.append(names.isEmpty ? "1 = 0" : "s.state IN (\(names.joined(separator: ", ")))")
        }
        if let isScheduled = query.isScheduled {
            parts.append("\(column(.trigger)) = \(isScheduled ? 0 : 1)")
        }
        if let name = query.name { parts.append("s.name = \(bind(.text(name)))") }
        if let part = query.namePart {
            parts.append("LOWER(s.name) LIKE \(bind(.text(contains(part)))) ESCAPE '!'")
        }
        for (column, range) in [
            ("s.queued_at", query.queued), ("s.first_claimed_at", query.started), ("s.finished_at", query.finished),
        ] {
            guard let range else { continue }
            parts.append("\(column) BETWEEN \(bind(.time(range.lowerBound))) AND \(bind(.time(range.upperBound)))")
        }
        return (parts.map { " AND \($0)" }.joined(), values)
    }

    /// Numbers as SQL takes them.
    static func list(_ numbers: some Sequence<Int64>) -> String {
        numbers.sorted().map(String.init).joined(separator: ", ")
    }

    /// A pattern of LIKE for texts in lower case that contain one; `!` is its escape.
    static func contains(_ part: String) -> String {
        var pattern = "%"
        for character in part.lowercased() {
            if "!%_".contains(character) { pattern.append("!") }
            pattern.append(character)
        }
        return pattern + "%"
    }
}
