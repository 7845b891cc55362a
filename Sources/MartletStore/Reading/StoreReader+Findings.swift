import MartletCore

extension StoreReader {
    /// Findings of the published postures, or of the scan `at`: FAIL first, then by severity descending, check, region
    /// and resource; accounts one after the other. Rows are given one at a time.
    public func findings(
        _ filter: FindingFilter, at scan: String? = nil, limit: Int? = nil, _ body: (FindingRow) throws -> Void
    ) throws {
        let matcher = try FindingMatcher(filter)
        var left = limit ?? .max
        for view in try views(filter.accounts, at: scan) where left > 0 {
            let lookup = try FindingLookup(view, connection)
            let sql = FindingSQL(view: view, filter: filter, lookup: lookup, matcher: matcher)
            guard let query = sql.query() else { continue }
            let scans = try scanNames(view.id)
            let cursor = try connection.cursor(query.text, query.values)
            defer { cursor.close() }
            while left > 0, let row = try cursor.next() {
                let finding = Self.finding(row, view: view, lookup: lookup, scans: scans)
                guard matcher.matches(regions: finding.regions), matcher.matches(resource: finding.resource),
                    matcher.matches(detail: finding.detail, check: finding.check),
                    filter.muted.map({ $0 == finding.muted }) ?? true
                else { continue }
                try body(finding)
                left -= 1
            }
        }
    }

    /// The id of the scan of each generation.
    func scanNames(_ id: AccountID) throws -> [Int64: String] {
        var names: [Int64: String] = [:]
        try connection.query(
            """
            SELECT generation, id FROM scans WHERE tenant = $1 AND account = $2
            AND state IN ('completed', 'completed_with_gaps')
            """, id.values
        ) { names[$0.int(0)] = $0.text(1) }
        return names
    }

    /// Reads the columns of ``FindingSQL/columns``.
    static func finding(
        _ row: any Row, view: View, lookup: FindingLookup, scans: [Int64: String]
    ) -> FindingRow {
        let openedIn = row.int(1)
        let isGone = row.int(2) == view.generation
        let mutedBySource = row.int(8) != 0
        let reason = row.optionalText(24)
        return FindingRow(
            fingerprint: row.hash(0).hex, account: view.key,
            check: lookup.metadata(source: row.int(3), check: row.int(4)),
            status: Status(rawValue: Int(row.int(6))) ?? .manual,
            severity: Severity(rawValue: Int(row.int(7))) ?? .informational, muted: mutedBySource || reason != nil,
            mutedReason: reason,
            delta: isGone ? .gone : openedIn == view.generation ? delta(row.int(9)) : .unchanged,
            regions: lookup.regionsOfSet[row.int(5)] ?? [], resource: Resources.observation(row, from: 16),
            discriminator: row.text(25), detail: row.text(14), firstSeenAt: row.time(11),
            failingSince: row.optionalTime(12),
            scan: scans[openedIn] ?? "", observedAt: view.observedAt, source: lookup.sources[row.int(3)] ?? "")
    }

    private static func delta(_ stored: Int64) -> FindingDelta {
        switch Delta(rawValue: Int(stored)) {
        case .new: .new
        case .changed: .changed
        case .updated: .updated
        case .returned: .returned
        case nil: .unchanged
        }
    }
}
