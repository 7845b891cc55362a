import MartletCore

/// Counts over the findings of one generation; the base of compliance, scores and summaries.
public enum Tallies {
    /// How many findings are alike in everything that counts.
    public struct Group: Sendable, Hashable {
        /// The check's number.
        public var check: Int64
        /// The number of the set of regions that the findings name.
        public var regions: Int64
        /// What the check said.
        public var status: Status
        /// How bad a FAIL of it is.
        public var severity: Severity
        /// By the source or by a mute.
        public var muted: Bool
        /// Findings of this kind; at least 1.
        public var count: Int64
    }

    /// The groups at a generation. `current` means that no newer generation exists for readers or publish, so that the
    /// index of current findings serves. Two queries: all findings, and those that mutes cover.
    public static func groups(
        _ account: AccountID, generation: Int64, current: Bool, _ connection: any Connection
    ) throws -> [Group] {
        var counts: [GroupKey: Int64] = [:]
        let holds =
            current
            ? "f.closed_in IS NULL AND f.opened_in <= $3"
            : "f.opened_in <= $3 AND (f.closed_in IS NULL OR f.closed_in > $3)"
        try connection.query(
            """
            SELECT f.check_id, f.regions, f.status, f.severity, f.muted, COUNT(*) FROM findings f
            WHERE f.tenant = $1 AND f.account = $2 AND \(holds)
            GROUP BY f.check_id, f.regions, f.status, f.severity, f.muted
            """, account.values + [.int(generation)]
        ) { row in counts[GroupKey(row), default: 0] += row.int(5) }
        try connection.query(
            """
            SELECT f.check_id, f.regions, f.status, f.severity, 0, COUNT(*)
            FROM finding_mutes m CROSS JOIN findings f
            WHERE m.tenant = $1 AND m.account = $2
            AND m.opened_in <= $3 AND (m.closed_in IS NULL OR m.closed_in > $3)
            AND f.tenant = $1 AND f.account = $2 AND f.fingerprint = m.fingerprint AND \(holds) AND f.muted = 0
            GROUP BY f.check_id, f.regions, f.status, f.severity
            """, account.values + [.int(generation)]
        ) { row in
            var key = GroupKey(row)
            let count = row.int(5)
            counts[key, default: 0] -= count
            key.muted = true
            counts[key, default: 0] += count
        }
        return counts.compactMap { key, count in count > 0 ? key.group(count) : nil }
    }

    private struct GroupKey: Hashable {
        var check: Int64
        var regions: Int64
        var status: Int64
        var severity: Int64
        var muted: Bool

        init(_ row: any Row) {
            check = row.int(0)
            regions = row.int(1)
            status = row.int(2)
            severity = row.int(3)
            muted = row.int(4) != 0
        }

        func group(_ count: Int64) -> Group? {
            guard let status = Status(rawValue: Int(status)), let severity = Severity(rawValue: Int(severity)) else {
                return nil
            }
            return Group(
                check: check, regions: regions, status: status, severity: severity, muted: muted, count: count)
        }
    }
}
