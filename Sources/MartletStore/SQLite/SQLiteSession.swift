import Glibc
import MartletCore

/// A connection on a thread of its own.
actor SQLiteSession {
    private let executor: DedicatedThreadExecutor
    private let connection: SQLiteConnection
    private let crashPoint: CrashPoint?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens the connection; errors are those of the file system or the database.
    init(path: String, readOnly: Bool, create: Bool, cacheKiB: Int) throws {
        executor = try DedicatedThreadExecutor()
        // Findings are nobody else's business: the file is made for its owner alone. Errors show when SQLite opens it.
        if create, !readOnly {
            let file = Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
            if file >= 0 { Glibc.close(file) }
        }
        connection = try SQLiteConnection(
            path: path, readOnly: readOnly, create: create, busyMilliseconds: 30_000, cacheKiB: cacheKiB)
        crashPoint = readOnly ? nil : CrashPoint.current
    }

    /// Runs `body` between BEGIN and COMMIT; an error rolls back.
    func transaction<Result: Sendable>(
        begin: String, _ body: @Sendable (any Connection) throws -> Result
    ) throws -> Result {
        connection.trail = crashPoint.map(CrashTrail.init)
        try connection.execute(begin, [])
        do {
            let result = try body(connection)
            try connection.execute("COMMIT", [])
            connection.pass("-- after COMMIT")
            return result
        } catch {
            // The first error is the one to tell; a failed rollback means that SQLite has already rolled back.
            try? connection.run("ROLLBACK")
            connection.forgetStages()
            throw error
        }
    }

    var statementCount: Int { connection.statementCount }
    var statementLog: [String] { connection.log ?? [] }
    func setLog(_ on: Bool) { connection.log = on ? [] : nil }
    func close() { connection.close() }
}
