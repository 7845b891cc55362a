import MartletCore

/// The embedded store: one writer and a few readers on one file in WAL mode.
public actor SQLiteDatabase: Database {
    private let path: String
    private let writer: SQLiteSession
    private var idleReaders: [SQLiteSession] = []
    private var readers: [SQLiteSession] = []
    private var waiting: [CheckedContinuation<SQLiteSession, Never>] = []

    /// Readers that exist at the most; more reads wait.
    private static let maximumReaders = 4

    /// Opens the file, making it when `create` allows.
    public init(path: String, create: Bool) throws {
        self.path = path
        writer = try SQLiteSession(
            path: path, readOnly: false, create: create, crashPoint: CrashPoint.fromEnvironment())
    }

    /// Runs `body` on one of at most four reading connections; a fifth read waits for one of them. It sees the last
    /// commit at its first statement, and later commits only after its end. Throws what `body` throws, or
    /// ``MartletError`` of the file or database.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let session = try await takeReader()
        defer { giveBack(session) }
        return try await session.transaction(begin: "BEGIN", body)
    }

    /// Runs `body` on the only writing connection, one after the other. Waits up to 30 s for another process that
    /// writes, then throws ``MartletError`` (`conflict`). Throws what `body` throws; nothing of it stays then.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        // IMMEDIATE, because a read that turns into a write can fail without waiting for the other writer.
        try await writer.transaction(begin: "BEGIN IMMEDIATE", body)
    }

    /// The sum over the writing and all reading connections since the database was opened. A bulk load counts once;
    /// BEGIN and COMMIT count, a rollback and the making of a stage don't.
    public var statementCount: Int {
        get async {
            var sum = await writer.statementCount
            for reader in readers { sum += await reader.statementCount }
            return sum
        }
    }

    /// The texts of the writing connection's statements in their order, bulk loads as `LOAD table`; empty while the log
    /// is off.
    public func statementLog() async -> [String] { await writer.statementLog }
    /// Starts an empty log, or stops and forgets it. It grows with every statement: for tests only.
    public func setStatementLog(_ on: Bool) async { await writer.setLog(on) }

    /// Closes the file. A transaction that is still running ends first.
    public func close() async {
        for reader in readers { await reader.close() }
        readers = []
        idleReaders = []
        await writer.close()
    }

    private func takeReader() async throws -> SQLiteSession {
        if let session = idleReaders.popLast() { return session }
        if readers.count < Self.maximumReaders {
            let session = try SQLiteSession(path: path, readOnly: true, create: false, crashPoint: nil)
            readers.append(session)
            return session
        }
        return await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack(_ session: SQLiteSession) {
        if waiting.isEmpty { idleReaders.append(session) } else { waiting.removeFirst().resume(returning: session) }
    }
}
