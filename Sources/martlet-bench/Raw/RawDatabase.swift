import CSQLite
import MartletCore

/// A plain SQLite handle, set up like the store's own connections, with nothing in between.
final class RawDatabase {
    let handle: OpaquePointer

    init(path: String, readOnly: Bool) throws {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_NOMUTEX | (readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE)
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw MartletError(.database, String(cString: sqlite3_errstr(code)), place: path)
        }
        self.handle = handle
        if !readOnly {
            try run("PRAGMA journal_mode = WAL")
            try run("PRAGMA synchronous = NORMAL")
        }
        try run("PRAGMA cache_size = -49152")
    }

    deinit { sqlite3_close_v2(handle) }

    /// Runs statements without rows.
    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error() }
    }

    /// The texts of a query's first column.
    func texts(_ sql: String) throws -> [String] {
        let statement = try RawStatement(sql, on: self)
        var texts: [String] = []
        while try statement.step() {
            texts.append(sqlite3_column_text(statement.handle, 0).map { String(cString: $0) } ?? "")
        }
        return texts
    }

    /// The number of rows of a table.
    func count(_ table: String) throws -> Int {
        let statement = try RawStatement("SELECT COUNT(*) FROM \(table)", on: self)
        return try statement.step() ? Int(sqlite3_column_int64(statement.handle, 0)) : 0
    }

    func error() -> MartletError { MartletError(.database, String(cString: sqlite3_errmsg(handle))) }
}
