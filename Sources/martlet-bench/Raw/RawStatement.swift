import CSQLite
import MartletCore

/// A prepared statement.
final class RawStatement {
    let handle: OpaquePointer
    private let database: RawDatabase

    init(_ sql: String, on database: RawDatabase) throws {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(
            database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw database.error() }
        self.handle = handle
        self.database = database
    }

    deinit { sqlite3_finalize(handle) }

    /// Whether there is a row.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        guard code == SQLITE_ROW || code == SQLITE_DONE else { throw database.error() }
        return code == SQLITE_ROW
    }

    var columnCount: Int32 { sqlite3_column_count(handle) }
}
