import MartletCore

extension StoreReader {
    /// Unmuted FAIL findings by severity, and muted ones, on a day: of each account's last scan of the day.
    public struct DailySeverity: Sendable, Hashable {
        /// Days since 1970-01-01 in UTC.
        public var day: Int64
        /// Unmuted FAIL findings.
        public var failed: [Severity: Int64] = [:]
        /// Muted findings of any status.
        public var muted: Int64 = 0
        /// The scans that were counted, by id.
        public var scans: [String] = []
    }

    /// Days with a published scan, ascending. A day tells only of the accounts that were scanned on it.
    public func dailySeverities(
        from first: Timestamp, to last: Timestamp, of accounts: Set<Int64>?
    ) throws -> [DailySeverity] {
        struct Scan { var account: Int64, generation: Int64, id: String, day: Int64 }
        var scans: [Scan] = []
        try connection.query(
            """
            SELECT s.account, s.generation, s.id, s.finished_at FROM scans s
            JOIN accounts a ON a.tenant = $1 AND a.id = s.account
            WHERE s.tenant = $1 AND s.state IN ('completed', 'completed_with_gaps')
            AND s.finished_at BETWEEN $2 AND $3 AND s.generation >= a.horizon ORDER BY s.account, s.generation
            """, [.int(tenant), .time(first), .time(last)]
        ) { row in
            guard accounts?.contains(row.int(0)) ?? true else { return }
            let scan = Scan(
                account: row.int(0), generation: row.int(1), id: row.text(2), day: row.int(3) / 86_400_000)
            // The last of a day replaces the one before.
            if let previous = scans.last, previous.account == scan.account, previous.day == scan.day {
                scans.removeLast()
            }
            scans.append(scan)
        }
        var days: [Int64: DailySeverity] = [:]
        for scan in scans {
            var day = days[scan.day] ?? DailySeverity(day: scan.day)
            day.scans.append(scan.id)
            try connection.query(
                """
                SELECT status, severity, muted, findings FROM postures WHERE tenant = $1 AND account = $2
                AND opened_in <= $3 AND (closed_in IS NULL OR closed_in > $3)
                """, [.int(tenant), .int(scan.account), .int(scan.generation)]
            ) { row in
                if row.int(2) != 0 {
                    day.muted += row.int(3)
                } else if row.int(0) == Int64(Status.fail.rawValue), let severity = Severity(rawValue: Int(row.int(1)))
                {
                    day.failed[severity, default: 0] += row.int(3)
                }
            }
            days[scan.day] = day
        }
        return days.values.sorted { $0.day < $1.day }
    }
}
