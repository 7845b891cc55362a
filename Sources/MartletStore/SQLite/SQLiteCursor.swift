import CSQLite
import MartletCore

/// Steps through a statement's rows and gives the statement back to its connection.
final class SQLiteCursor: Cursor {
    private let statement: SQLiteStatement
    private let row: SQLiteRow
    private let connection: SQLiteConnection
    private let sql: String
    private var open = true

    init(_ statement: SQLiteStatement, sql: String, connection: SQLiteConnection) {
        self.statement = statement
        self.sql = sql
        self.connection = connection
        row = SQLiteRow(statement.handle)
    }

    deinit { close() }

    func next() throws -> (any Row)? {
        guard open else { return nil }
        let code = sqlite3_step(statement.handle)
        switch code {
        case SQLITE_ROW: return row
        case SQLITE_DONE:
            close()
            return nil
        default:
            let error = connection.error(code)
            close()
            throw error
        }
    }

    func close() {
        guard open else { return }
        open = false
        connection.giveBack(statement, sql: sql)
    }
}
