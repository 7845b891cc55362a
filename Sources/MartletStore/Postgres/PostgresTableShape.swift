import MartletCore

/// The columns of a table as the server has them, by which rows are encoded.
struct PostgresTableShape {
    struct Column {
        var name: String
        /// The number of its type.
        var type: UInt32
    }

    /// The number of the type of the table's rows.
    var rowType: UInt32
    /// All columns, in the order of a row's fields.
    var columns: [Column]
}

extension PostgresConnection {
    /// The shape of a table of the schema.
    func shape(of table: String) throws -> PostgresTableShape {
        if let known = shapes[table] { return known }
        let result = try attempt { () throws(PostgresStatementError) in
            try handle.aside { () throws(PostgresStatementError) in
                try handle.run(
                    """
                    SELECT c.reltype, a.attname::text, COALESCE(NULLIF(t.typbasetype, 0), t.oid)
                    FROM pg_catalog.pg_class c
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                    WHERE c.oid = pg_catalog.to_regclass($1) ORDER BY a.attnum
                    """, PostgresParameters([.text(table)]))
            }
        }
        let row = PostgresRow(result, columns: 3)
        var shape = PostgresTableShape(rowType: 0, columns: [])
        for index in 0..<result.rowCount {
            row.index = index
            shape.rowType = UInt32(truncatingIfNeeded: row.int(0))
            shape.columns.append(.init(name: row.text(1), type: UInt32(truncatingIfNeeded: row.int(2))))
        }
        guard shape.rowType != 0 else {
            throw MartletError(
                .database, "There is no table \(table); run `martlet database migrate` as the database's owner.")
        }
        shapes[table] = shape
        return shape
    }
}
