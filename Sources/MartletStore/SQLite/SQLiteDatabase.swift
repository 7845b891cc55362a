import MartletCore

/// The embedded store: one writer and a few readers on one file in WAL mode.
public actor SQLiteDatabase: Database {
    private let path: String
    private let cacheKiB: Int
    private let writer: SQLiteSession
    private var idleReaders: [SQLiteSession] = []
    private var readers: [SQLiteSession] = []
    private var waiting: [CheckedContinuation<SQLiteSession, Never>] = []

    private var waits: Int64 = 0
    private var writes: Int64 = 0

    /// Readers that exist at the most; more reads wait.
    private static let maximumReaders = 4

    /// Opens the file, making it when `create` allows.
    ///
    /// - Parameter cacheKiB: What the writing connection keeps of the file in memory at most, in KiB; readers keep a sixth of
    ///   it each. Nil for what imports of a million findings need.
    public init(path: String, create: Bool, cacheKiB: Int? = nil) throws {
        self.path = path
        self.cacheKiB = cacheKiB ?? SQLiteConnection.cacheKiB
        writer = try SQLiteSession(path: path, readOnly: false, create: create, cacheKiB: self.cacheKiB)
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
        writes += 1
        defer { writes -= 1 }
        // IMMEDIATE, because a read that turns into a write can fail without waiting for the other writer.
        return try await writer.transaction(begin: "BEGIN IMMEDIATE", body)
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

    /// How busy the readers and the writer are. Writes wait for the one writer without being counted as waits.
    public var poolStatus: PoolStatus {
        get async {
            var status = PoolStatus()
            status.inUse = Int64(readers.count - idleReaders.count) + min(writes, 1)
            status.idle = Int64(idleReaders.count) + 1 - min(writes, 1)
            status.waiting = Int64(waiting.count) + max(0, writes - 1)
            status.waits = waits
            return status
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
            let session = try SQLiteSession(path: path, readOnly: true, create: false, cacheKiB: cacheKiB)
            readers.append(session)
            return session
        }
        waits += 1
        return await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack(_ session: SQLiteSession) {
        if waiting.isEmpty { idleReaders.append(session) } else { waiting.removeFirst().resume(returning: session) }
    }
}
