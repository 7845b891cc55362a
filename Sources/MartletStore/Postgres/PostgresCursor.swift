import MartletCore

/// The rows of a query, fetched by portions through a cursor of the server, so that other statements may run between.
final class PostgresCursor: Cursor {
    private let connection: PostgresConnection
    private let name: String
    private let columns: Int
    private var row: PostgresRow?
    private var count = 0
    private var position = 0
    /// The server has more rows, perhaps.
    private var open = true

    /// Rows of one portion.
    static let portion = 1_000

    init(_ connection: PostgresConnection, name: String, first: PostgresResult, columns: Int) {
        self.connection = connection
        self.name = name
        self.columns = columns
        take(first)
    }

    deinit { close() }

    func next() throws -> (any Row)? {
        if position == count {
            guard open else {
                row = nil
                return nil
            }
            take(try connection.fetch(name))
            guard count > 0 else { return nil }
        }
        row?.index = position
        position += 1
        return row
    }

    func close() {
        if open { connection.closeCursor(name) }
        open = false
        count = 0
        position = 0
        row = nil
    }

    private func take(_ result: PostgresResult) {
        count = result.rowCount
        position = 0
        row = PostgresRow(result, columns: columns)
        if count < Self.portion {
            connection.closeCursor(name)
            open = false
        }
    }
}
