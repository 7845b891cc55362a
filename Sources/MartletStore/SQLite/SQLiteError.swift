import CSQLite
import MartletCore

/// Turns SQLite's result codes into errors that tell a user what to do.
enum SQLiteError {
    static func make(_ code: Int32, _ handle: OpaquePointer?, path: String) -> MartletError {
        let detail = handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "error \(code)"
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED:
            return MartletError(
                .conflict, "The database is locked by another process; wait for it to finish or stop it.", place: path)
        case SQLITE_FULL:
            return MartletError(.io, "The disk is full; free some space and run the command again.", place: path)
        case SQLITE_READONLY:
            return MartletError(
                .io, "The database cannot be written; check the permissions of the file and its folder.",
                place: path)
        case SQLITE_CANTOPEN:
            return MartletError(
                .io, "The database cannot be opened; check that the folder exists and may be written.",
                place: path)
        case SQLITE_NOTADB, SQLITE_CORRUPT:
            return MartletError(.database, "The file is not a sound SQLite database (\(detail)).", place: path)
        case SQLITE_IOERR:
            return MartletError(.io, "Reading or writing the database failed (\(detail)).", place: path)
        case SQLITE_CONSTRAINT:
            return MartletError(.database, "A rule of the database was violated (\(detail)).", place: path)
        default:
            return MartletError(.database, "The database refused a statement (\(detail)).", place: path)
        }
    }
}
