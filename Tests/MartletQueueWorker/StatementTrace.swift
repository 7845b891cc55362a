import CSQLite
import Glibc

/// What SQLite itself says that it runs, on connections that may write: lines in the file that `MARTLET_TEST_TRACE` names.
/// Tests compare it with the boundaries that the program knows.
enum StatementTrace {
    private static let file: Int32 = {
        guard let path = getenv("MARTLET_TEST_TRACE") else { return -1 }
        return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    }()

    private typealias Extension =
        @convention(c) (OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, OpaquePointer?) -> Int32

    /// From now on every connection that is opened is traced.
    static func start() {
        guard file >= 0 else { return }
        let entry: Extension = { database, _, _ in
            sqlite3_trace_v2(
                database, UInt32(SQLITE_TRACE_STMT),
                { _, _, statement, text in
                    StatementTrace.note(statement.map { OpaquePointer($0) }, text)
                    return 0
                }, nil)
            return SQLITE_OK
        }
        // SQLite declares the entry without its parameters, and calls it with them.
        sqlite3_auto_extension(unsafeBitCast(entry, to: (@convention(c) () -> Void).self))
    }

    private static func note(_ statement: OpaquePointer?, _ text: UnsafeMutableRawPointer?) {
        guard let text, let database = sqlite3_db_handle(statement), sqlite3_db_readonly(database, "main") == 0 else {
            return
        }
        let sql = String(cString: text.assumingMemoryBound(to: CChar.self))
        // Comments stand for statements of triggers and of SQLite's own.
        guard !sql.hasPrefix("--") else { return }
        let line = sql.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n"
        _ = Array(line.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }
}
