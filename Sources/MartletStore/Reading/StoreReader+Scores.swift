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
}
