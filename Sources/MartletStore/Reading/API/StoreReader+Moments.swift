import MartletCore

extension StoreReader {
    /// A scan that was the newest of its account at the end of a span of time.
    public struct NewestScan: Sendable, Hashable {
        /// The account's number.
        public var account: Int64
        /// The scan's id.
        public var scan: String
        /// It still is.
        public var isPublished: Bool

        /// A scan of its parts.
        public init(account: Int64, scan: String, isPublished: Bool) {
            self.account = account
            self.scan = scan
            self.isPublished = isPublished
        }
    }

    /// For each account the newest of the scans that were published within a span, if there is one.
    public func newestScans(within range: ClosedRange<Timestamp>, of accounts: Set<Int64>?) throws -> [NewestScan] {
        var found: [NewestScan] = []
        let superseded = try superseded()
        let known = asOfNumber.map { " AND COALESCE(publish_number, 0) <= \($0)" } ?? ""
        try connection.query(
            """
            SELECT s.account, s.id, CASE WHEN s.generation = a.published THEN 1 ELSE 0 END, s.generation
            FROM (SELECT account, MAX(generation) AS newest FROM scans WHERE tenant = $1
                AND state IN ('completed', 'completed_with_gaps') AND finished_at BETWEEN $2 AND $3\(known) GROUP BY account) q
            JOIN scans s ON s.tenant = $1 AND s.account = q.account AND s.generation = q.newest
            JOIN accounts a ON a.tenant = $1 AND a.id = q.account ORDER BY s.account
            """, [.int(tenant), .time(range.lowerBound), .time(range.upperBound)]
        ) { row in
            guard accounts?.contains(row.int(0)) ?? true else { return }
            var isPublished = row.int(2) != 0
            if let then = superseded[row.int(0)] { isPublished = then?.generation == row.int(3) }
            found.append(NewestScan(account: row.int(0), scan: row.text(1), isPublished: isPublished))
        }
        return found
    }

    /// The newest readable scan that shows a finding which no longer holds; nil when there is none.
    public func lastScan(showing fingerprint: ContentHash, of accounts: Set<Int64>?) throws -> String? {
        let numbers = try accountDetails(accounts).map(\.number)
        var found: (account: Int64, closedIn: Int64)?
        try connection.lookUp(
            """
            SELECT f.account, f.closed_in FROM findings f WHERE f.tenant = $1 AND f.fingerprint = $2 AND f.account = $3
            AND f.closed_in IS NOT NULL ORDER BY f.opened_in
            """, [.int(tenant), .hash(fingerprint)], numbers: numbers
        ) { _, row in found = (row.int(0), row.int(1)) }
        guard let found else { return nil }
        return try connection.first(
            """
            SELECT s.id FROM scans s JOIN accounts a ON a.tenant = $1 AND a.id = s.account
            WHERE s.tenant = $1 AND s.account = $2 AND s.generation < $3 AND s.generation >= a.horizon
            AND s.state IN ('completed', 'completed_with_gaps') ORDER BY s.generation DESC LIMIT 1
            """, [.int(tenant), .int(found.account), .int(found.closedIn)]
        ) { $0.text(0) }
    }

    /// The secret by which the tenant's cursors are signed; nil before anything was taken in.
    public func cursorKey() throws -> [UInt8]? {
        try connection.first("SELECT statement_key FROM tenants WHERE id = $1", [.int(tenant)]) {
            $0.isNull(0) ? nil : $0.bytes(0)
        } ?? nil
    }
}
