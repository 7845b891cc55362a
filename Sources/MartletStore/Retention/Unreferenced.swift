import MartletCore

/// Removal of check texts and frameworks that no account's versions name any more.
///
/// Names of checks, regions, sets of regions and sources stay: they are small, and an import that is under way may hold
/// their numbers before any row does. The newest text and the newest framework stay, so that no number is given twice.
public enum Unreferenced {
    /// What is removed.
    public enum Kind: String, Sendable, CaseIterable {
        /// Texts of checks that hold for no account in any scan that can be read.
        case checkTexts = "check_texts"
        /// Frameworks that are not active and have no rows left.
        case frameworks
    }

    /// Looks at the next `limit` of a tenant's texts or frameworks after a number and removes those that nothing names.
    ///
    /// - Parameter remembered: Ids of frameworks of which the last content stays, in use or not: that it is not in use says
    ///   that the tenant has removed it.
    /// - Returns: How many were removed, and the number to go on after; nil at the end.
    public static func removeBatch(
        of kind: Kind, tenant: Int64, after number: Int64, limit: Int, remembering remembered: [String] = [],
        _ connection: any Connection
    ) throws -> (removed: Int, next: Int64?) {
        switch (kind, connection.dialect) {
        case (.frameworks, _): try connection.lock(.numbers(table: kind.rawValue, tenant: tenant))
        case (.checkTexts, .postgresql):
            // A publish that is about to name a text has inserted into the table before: it is waited for here, or
            // waits there.
            try connection.execute("LOCK TABLE check_texts IN SHARE ROW EXCLUSIVE MODE")
        case (.checkTexts, .sqlite): break
        }
        var candidates: [Int64] = []
        let state = kind == .frameworks ? "AND active = 0" : ""
        try connection.query(
            """
            SELECT id FROM \(kind.rawValue) WHERE tenant = $1 AND id > $2 \(state)
            AND id < (SELECT MAX(id) FROM \(kind.rawValue) WHERE tenant = $1) ORDER BY id LIMIT \(limit)
            """, [.int(tenant), .int(number)]
        ) { candidates.append($0.int(0)) }
        var removed = 0
        if let first = candidates.first, let last = candidates.last {
            let remembered = kind == .frameworks ? remembered : []
            removed = try connection.execute(
                """
                DELETE FROM \(kind.rawValue) WHERE tenant = $1 AND id >= $2 AND id <= $3 \(state)
                AND id < (SELECT MAX(id) FROM \(kind.rawValue) WHERE tenant = $1) AND \(unnamed(kind))
                \(notLast(of: remembered.count))
                """, [.int(tenant), .int(first), .int(last)] + remembered.map { .text($0) })
        }
        return (removed, candidates.count < limit ? nil : candidates.last)
    }

    /// That a framework is none of those whose last content stays, `$4` and on, or not its last content.
    private static func notLast(of count: Int) -> String {
        guard count > 0 else { return "" }
        let names = (4..<4 + count).map { "$\($0)" }.joined(separator: ", ")
        return """
            AND (name NOT IN (\(names)) OR EXISTS (SELECT 1 FROM frameworks o
                WHERE o.tenant = $1 AND o.name = frameworks.name AND (o.active = 1 OR o.id > frameworks.id)))
            """
    }

    /// Goes account by account, because the keys of the tables begin with it.
    private static func unnamed(_ kind: Kind) -> String {
        switch kind {
        case .checkTexts:
            """
            NOT EXISTS (SELECT 1 FROM accounts a CROSS JOIN sources s CROSS JOIN check_holdings h
                WHERE a.tenant = $1 AND s.tenant = $1 AND h.tenant = $1 AND h.account = a.id AND h.source = s.id
                AND h.check_id = check_texts.check_id AND h.check_text = check_texts.id)
            """
        case .frameworks:
            ["compliance_rows", "framework_summaries", "scores"].map { table in
                """
                NOT EXISTS (SELECT 1 FROM accounts a CROSS JOIN \(table) t
                    WHERE a.tenant = $1 AND t.tenant = $1 AND t.account = a.id AND t.framework = frameworks.id)
                """
            }.joined(separator: " AND ")
        }
    }
}
