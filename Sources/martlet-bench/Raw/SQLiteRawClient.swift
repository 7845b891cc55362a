import CSQLite
import MartletCore
import MartletStore

/// Statements on a handle of SQLite, each prepared once.
final class SQLiteRawClient: RawClient {
    private let database: RawDatabase
    private var prepared: [String: RawStatement] = [:]

    init(_ store: SQLiteBenchStore) throws {
        database = try RawDatabase(path: store.path, readOnly: false)
    }

    func begin(_ scope: DatabaseScope, isReadOnly: Bool) throws {
        try database.run(isReadOnly ? "BEGIN" : "BEGIN IMMEDIATE")
    }

    func run(_ statement: RecordedTransaction.Statement) throws -> [[String]] {
        let known = try prepared[statement.sql] ?? RawStatement(statement.sql, on: database)
        prepared[statement.sql] = known
        let handle = known.handle
        defer { sqlite3_reset(handle) }
        // Copied by SQLite.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, value) in statement.values.enumerated() {
            // To SQLite `$3` is a name like any other.
            let place = sqlite3_bind_parameter_index(handle, "$\(index + 1)")
            switch value {
            case .null: sqlite3_bind_null(handle, place)
            case .int(let number): sqlite3_bind_int64(handle, place, number)
            case .real(let number): sqlite3_bind_double(handle, place, number)
            case .text(let text): sqlite3_bind_text(handle, place, text, -1, transient)
            case .bytes, .hash, .numbers:
                throw MartletError(.usage, "the queue's statements have neither bytes nor lists")
            }
        }
        var rows: [[String]] = []
        while try known.step() {
            rows.append(
                (0..<known.columnCount).map { column in
                    sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
                })
        }
        return rows
    }

    func commit() throws { try database.run("COMMIT") }
}
