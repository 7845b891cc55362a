import MartletCore

/// Removal of a table's rows, a bounded number at a time: each call costs what it removes.
struct RowRemoval {
    private let table: String
    private let condition: String
    private let values: [Value]

    /// - Parameters:
    ///   - condition: Which rows; its placeholders are filled by `values`.
    init(_ table: String, where condition: String, _ values: [Value]) {
        self.table = table
        self.condition = condition
        self.values = values
    }

    /// Removes at most `limit` rows, and gives how many; fewer than `limit` mean that none is left.
    func removeBatch(limit: Int, _ connection: any Connection) throws -> Int {
        let key = try connection.keyColumns(of: table).joined(separator: ", ")
        return try connection.execute(
            """
            DELETE FROM \(table) WHERE (\(key)) IN (SELECT \(key) FROM \(table) WHERE \(condition) LIMIT \(limit))
            """, values)
    }

    /// Whether no row is left.
    func isDone(_ connection: any Connection) throws -> Bool {
        try connection.first("SELECT 1 FROM \(table) WHERE \(condition) LIMIT 1", values) { _ in true } == nil
    }
}

extension Connection {
    /// The columns of a table's primary key, in their order.
    func keyColumns(of table: String) throws -> [String] {
        var names: [String] = []
        switch dialect {
        case .sqlite:
            try query("SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", [.text(table)]) {
                names.append($0.text(0))
            }
        case .postgresql:
            try query(
                """
                SELECT a.attname FROM pg_catalog.pg_index i
                CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
                WHERE i.indrelid = pg_catalog.to_regclass($1) AND i.indisprimary ORDER BY k.place
                """, [.text(table)]
            ) { names.append($0.text(0)) }
        }
        guard !names.isEmpty else { throw MartletError(.database, "The table \(table) has no key.") }
        return names
    }
}
