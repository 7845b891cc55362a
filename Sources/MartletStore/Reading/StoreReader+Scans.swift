import MartletCore

extension StoreReader {
    static let scanColumns = """
        s.id, a.provider, a.uid, s.source, s.origin, s.state, s.generation, s.scope, s.attempts, s.token, s.observed_at,
        s.queued_at, s.first_claimed_at, s.claimed_at, s.finished_at, s.counts, s.error_code, s.error_message, a.name,
        s.filters, s.account
        """

    /// Scans, newest first.
    public func scans(_ filter: AccountFilter = .init(), limit: Int? = nil) throws -> [ScanRow] {
        var rows: [ScanRow] = []
        let cursor = try connection.cursor(
            """
            SELECT \(Self.scanColumns) FROM scans s JOIN accounts a ON a.tenant = s.tenant AND a.id = s.account
            WHERE s.tenant = $1 ORDER BY s.queued_at DESC, s.id DESC
            """, [.int(tenant)])
        defer { cursor.close() }
        while let row = try cursor.next(), rows.count < limit ?? .max {
            guard let scan = try Self.scan(row), matches(filter, scan.account, name: row.text(18), number: row.int(20))
            else { continue }
            rows.append(scan)
        }
        return rows
    }

    /// One scan, by its id or the only beginning of one; nil when there is none.
    public func scan(_ id: String) throws -> ScanRow? {
        guard !id.isEmpty else { return nil }
        var rows: [ScanRow] = []
        // The range of ids that begin so; LIKE would not use the key.
        try connection.query(
            """
            SELECT \(Self.scanColumns) FROM scans s JOIN accounts a ON a.tenant = s.tenant AND a.id = s.account
            WHERE s.tenant = $1 AND s.id >= $2 AND s.id < $3 ORDER BY s.id LIMIT 2
            """, [.int(tenant), .text(id.lowercased()), .text(id.lowercased() + "~")]
        ) { row in if let scan = try Self.scan(row) { rows.append(scan) } }
        guard rows.count < 2 else {
            throw MartletError(.usage, "Several scans begin with \(id); give more of the id.")
        }
        return rows.first
    }

    static func scan(_ row: any Row) throws -> ScanRow? {
        guard let provider = Provider(name: row.text(1)), let state = ScanState(rawValue: row.text(5)) else {
            return nil
        }
        let details = try ScanDetails(text: row.text(15))
        return ScanRow(
            id: row.text(0), account: AccountKey(provider: provider, uid: row.text(2)), source: row.text(3),
            origin: row.text(4), state: state, generation: row.int(6), scope: row.text(7), attempts: row.int(8),
            token: row.int(9), observedAt: row.optionalTime(10), queuedAt: row.time(11),
            firstClaimedAt: row.optionalTime(12), claimedAt: row.optionalTime(13), finishedAt: row.optionalTime(14),
            counts: details.counts, resources: details.resources, tags: details.tags,
            complianceRows: details.complianceRows, parseMilliseconds: details.parseMilliseconds,
            ingestMilliseconds: details.ingestMilliseconds, publishMilliseconds: details.publishMilliseconds,
            errorCode: row.optionalText(16), errorMessage: row.optionalText(17), rejections: details.rejections,
            gaps: details.gaps,
            filters: try row.optionalText(19).map { try JSONValue.parse($0) })
    }
}
