import MartletCore

/// Removal of what lies before an account's horizon, a bounded number of rows at a time.
///
/// Nothing that is removed can be read any more, and a batch leaves no trace of itself but its rows: it may be the last
/// one for a long time, or run twice.
public enum Pruning {
    /// Removes at most `limit` rows; fewer than `limit` mean that the table is done.
    public static func removeBatch(
        of table: PrunableTable, _ account: AccountID, before horizon: Int64, limit: Int, _ connection: any Connection
    ) throws -> Int {
        let values = account.values + [.int(horizon)]
        let name = table.tableName
        switch table {
        case .findings:
            return try connection.execute(
                """
                DELETE FROM findings WHERE tenant = $1 AND id IN (
                    SELECT id FROM findings WHERE \(table.condition) ORDER BY closed_in LIMIT \(limit))
                """, values)
        case .resources: return try removeResources(account, values, limit: limit, connection)
        case .scanCoverage:
            return try connection.execute(
                """
                UPDATE scans SET coverage = NULL WHERE tenant = $1 AND id IN (
                    SELECT id FROM scans WHERE \(table.condition) ORDER BY generation LIMIT \(limit))
                """, values)
        default:
            // The small tables have no index of what is closed: their size is that of a catalogue (checks, frameworks,
            // regions), not that of an estate, and a batch reads the account's rows once.
            let key = (table.key ?? []).joined(separator: ", ")
            return try connection.execute(
                """
                DELETE FROM \(name) WHERE tenant = $1 AND account = $2 AND (\(key)) IN (
                    SELECT \(key) FROM \(name) WHERE \(table.condition) LIMIT \(limit))
                """, values)
        }
    }

    /// Whether no row is left before a horizon.
    public static func isDone(
        _ table: PrunableTable, _ account: AccountID, before horizon: Int64, _ connection: any Connection
    ) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM \(table.tableName) WHERE \(table.condition) LIMIT 1", account.values + [.int(horizon)]
        ) { _ in true } == nil
    }

    /// How many rows lie before a horizon.
    public static func count(
        of table: PrunableTable, _ account: AccountID, before horizon: Int64, _ connection: any Connection
    ) throws -> Int {
        let rows = try connection.first(
            "SELECT COUNT(*) FROM \(table.tableName) WHERE \(table.condition)", account.values + [.int(horizon)]
        ) { Int($0.int(0)) }
        return rows ?? 0
    }

    /// A resource's tags have no index by resource; the version's own text says which they are.
    private static func removeResources(
        _ account: AccountID, _ values: [Value], limit: Int, _ connection: any Connection
    ) throws -> Int {
        var identifiers: [Int64] = []
        var tags: Set<ResourceTags.Entry> = []
        try connection.query(
            """
            SELECT id, resource, opened_in, tags FROM resources WHERE \(PrunableTable.resources.condition)
            ORDER BY closed_in LIMIT \(limit)
            """, values
        ) { row in
            identifiers.append(row.int(0))
            for tag in TagText.decode(row.text(3)) {
                tags.insert(.init(tag: TagText.number(of: tag), resource: row.int(1), openedIn: row.int(2)))
            }
        }
        guard !identifiers.isEmpty else { return 0 }
        try ResourceTags.remove(tags, account, connection)
        return try connection.execute(
            "DELETE FROM resources WHERE tenant = $1 AND account = $2 AND \(connection.dialect.isAmong("id", "$3"))",
            account.values + [.numbers(identifiers)])
    }
}
