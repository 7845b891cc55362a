import MartletCore

extension StoreReader {
    /// ThreatScores, by account and framework.
    public func scores(
        _ filter: AccountFilter, framework: String? = nil, at scan: String? = nil
    ) throws -> [ScoreRow] {
        var rows: [ScoreRow] = []
        for view in try views(filter, at: scan) {
            try connection.query(
                """
                SELECT f.name, s.score, s.document FROM scores s
                JOIN frameworks f ON f.tenant = $1 AND f.id = s.framework
                WHERE s.tenant = $1 AND s.account = $2 AND s.opened_in <= $3
                AND (s.closed_in IS NULL OR s.closed_in > $3) ORDER BY f.name
                """, view.id.values + [.int(view.generation)]
            ) { row in
                guard framework == nil || framework == row.text(0) else { return }
                rows.append(
                    ScoreRow(
                        account: view.key, framework: row.text(0), score: row.isNull(1) ? nil : row.real(1),
                        document: try JSONValue.parse(row.text(2))))
            }
        }
        return rows
    }

    /// The scores of the scan before the one that is read, by account and framework; nothing where there is none that can be
    /// read.
    public func previousScores(
        _ filter: AccountFilter, at scan: String? = nil
    ) throws -> [AccountKey: [String: Double]] {
        var scores: [AccountKey: [String: Double]] = [:]
        for view in try views(filter, at: scan) {
            let earlier = try connection.first(
                """
                SELECT MAX(s.generation) FROM scans s JOIN accounts a ON a.tenant = $1 AND a.id = $2
                WHERE s.tenant = $1 AND s.account = $2 AND s.generation < $3 AND s.generation >= a.horizon
                AND s.state IN ('completed', 'completed_with_gaps')
                """, view.id.values + [.int(view.generation)]
            ) { $0.optionalInt(0) }
            guard let earlier = earlier ?? nil else { continue }
            try connection.query(
                """
                SELECT f.name, s.score FROM scores s JOIN frameworks f ON f.tenant = $1 AND f.id = s.framework
                WHERE s.tenant = $1 AND s.account = $2 AND s.score IS NOT NULL AND s.opened_in <= $3
                AND (s.closed_in IS NULL OR s.closed_in > $3)
                """, view.id.values + [.int(earlier)]
            ) { scores[view.key, default: [:]][$0.text(0)] = $0.real(1) }
        }
        return scores
    }

    /// The scans of some accounts that can be read, and the frameworks by which any of them was scored.
    public func scored(_ accounts: Set<Int64>?) throws -> (scans: [String], frameworks: [String]) {
        var scans: [String] = []
        try connection.query(
            """
            SELECT s.id, s.account FROM scans s JOIN accounts a ON a.tenant = $1 AND a.id = s.account
            WHERE s.tenant = $1 AND s.generation >= a.horizon AND s.state IN ('completed', 'completed_with_gaps')
            """, [.int(tenant)]
        ) { if accounts?.contains($0.int(1)) ?? true { scans.append($0.text(0)) } }
        var frameworks: [String] = []
        try connection.query(
            """
            SELECT DISTINCT f.name FROM frameworks f WHERE f.tenant = $1
            AND EXISTS (SELECT 1 FROM scores s WHERE s.tenant = $1 AND s.framework = f.id)
            """, [.int(tenant)]
        ) { frameworks.append($0.text(0)) }
        return (scans, frameworks)
    }
}
