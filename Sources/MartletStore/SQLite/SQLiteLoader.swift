import CSQLite
import MartletCore

/// Loads rows by one prepared insert: inside a transaction nothing is faster on SQLite.
final class SQLiteLoader: RowLoader {
    private let statement: SQLiteStatement
    private let sql: String
    private let connection: SQLiteConnection
    private let columns: Int32
    private let table: String
    private var index: Int32 = 0
    private var rows = 0
    private var inserted = 0
    private var failure: Int32 = SQLITE_OK
    private var open = true

    init(_ statement: SQLiteStatement, table: String, columns: Int, sql: String, connection: SQLiteConnection) {
        self.table = table
        self.columns = Int32(columns)
        self.statement = statement
        self.sql = sql
        self.connection = connection
    }

    deinit { close() }

    func addNull() { note(sqlite3_bind_null(statement.handle, nextIndex())) }
    func add(_ value: Int64) { note(sqlite3_bind_int64(statement.handle, nextIndex(), value)) }
    func add(_ value: Double) { note(sqlite3_bind_double(statement.handle, nextIndex(), value)) }
    func add(_ value: String) { note(statement.bindText(value, at: nextIndex())) }
    func add(_ value: [UInt8]) { note(statement.bindBytes(value, at: nextIndex())) }
    func add(_ value: ContentHash) { note(statement.bindHash(value, at: nextIndex())) }

    func endRow() throws {
        guard index == columns else {
            throw MartletError(.database, "A row of \(index) values was given for \(columns) columns.")
        }
        guard failure == SQLITE_OK else { throw connection.error(failure) }
        let code = sqlite3_step(statement.handle)
        sqlite3_reset(statement.handle)
        guard code == SQLITE_DONE else { throw connection.error(code) }
        index = 0
        rows += 1
        if rows == 1 { connection.pass("-- within \(table)") }
        inserted += Int(sqlite3_changes(sqlite3_db_handle(statement.handle)))
    }

    @discardableResult
    func finish() throws -> Int {
        close()
        guard inserted == rows else {
            throw MartletError(.database, "\(rows) rows of \(table) were to be written and \(inserted) were.")
        }
        return rows
    }

    private func nextIndex() -> Int32 {
        index += 1
        return index
    }

    private func note(_ code: Int32) {
        if code != SQLITE_OK { failure = code }
    }

    private func close() {
        guard open else { return }
        open = false
        connection.giveBack(statement, sql: sql)
    }
}
