import MartletCore

/// PostgreSQL 14 or newer: several writers at once, each tenant's rows behind row-level security.
public struct PostgresDatabase: Database {
    /// How it is reached.
    public let settings: PostgresSettings
    let scope: DatabaseScope
    private let pool: PostgresPool
    private let journal: PostgresJournal

    /// Describes a database; the first transaction connects. Its scope is the login itself.
    public init(_ settings: PostgresSettings) {
        let journal = PostgresJournal()
        self.init(settings, .owner, PostgresPool(settings, journal: journal), journal)
    }

    private init(
        _ settings: PostgresSettings, _ scope: DatabaseScope, _ pool: PostgresPool, _ journal: PostgresJournal
    ) {
        self.settings = settings
        self.scope = scope
        self.pool = pool
        self.journal = journal
    }

    /// The same connections with other rows in sight.
    public func scoped(to scope: DatabaseScope) -> any Database {
        PostgresDatabase(settings, scope, pool, journal)
    }

    /// Runs `body` in one read-only snapshot. It runs once: only a connection that is lost before the first statement is
    /// replaced. Throws what `body` throws, or ``MartletError`` of the database; a cancelled task ends the statement.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await read(retriesAll: false, body) }

    /// Runs `body` in one read-only snapshot, again from its beginning after a lost connection, for a bounded time with
    /// growing pauses.
    public func readRetrying<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await read(retriesAll: true, body) }

    private func read<Result: Sendable>(
        retriesAll: Bool, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        var retry = PostgresRetry(seconds: settings.retrySeconds)
        while true {
            switch try await transaction(readOnly: true, body) {
            case .done(let result), .unknown(let result, _, _): return result
            case .failed(let error, let kind, let begun):
                guard retriesAll || !begun, mayRetry(kind), try await retry.pause() else { throw error }
                journal.noteRetry()
            }
        }
    }

    /// Runs `body` in a transaction, again from its beginning after a deadlock, a serialization failure or a lost
    /// connection, for a bounded time with growing pauses. When the connection broke during COMMIT the server is asked
    /// what became of the transaction, so that nothing is done twice.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        var retry = PostgresRetry(seconds: settings.retrySeconds)
        while true {
            switch try await transaction(readOnly: false, body) {
            case .done(let result): return result
            case .failed(let error, let kind, _):
                guard mayRetry(kind), try await retry.pause() else { throw error }
                journal.noteRetry()
            case .unknown(let result, let receipt, let error):
                guard try await wasCommitted(receipt, error, &retry) else { continue }
                return result
            }
        }
    }

    /// The sum over all connections. A bulk load counts once; BEGIN and COMMIT count; a rollback, locks and the making of
    /// a stage don't.
    public var statementCount: Int { get async { journal.statements } }

    /// How busy the sessions of the pool are, and how often transactions ran again.
    public var poolStatus: PoolStatus {
        get async {
            var status = await pool.status
            status.retries = journal.retries
            return status
        }
    }

    /// The texts of the statements of writing transactions, one transaction after the other in the order of their ends,
    /// bulk loads as `LOAD table`; empty while the log is off.
    public func statementLog() async -> [String] { journal.log }

    /// Starts an empty log, or stops and forgets it. It grows with every statement: for tests only.
    public func setStatementLog(_ on: Bool) async { journal.set(on) }

    /// Closes the connections. A transaction that is still running ends first.
    public func close() async { await pool.close() }

    private func transaction<Result: Sendable>(
        readOnly: Bool, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> PostgresSession.Outcome<Result> {
        let session = try await pool.take()
        let ticket = PostgresTicket()
        // A task that is cancelled already still undoes its work.
        let outcome =
            if Task.isCancelled {
                await session.transaction(scope, readOnly: readOnly, ticket: ticket, body)
            } else {
                await withTaskCancellationHandler {
                    await session.transaction(scope, readOnly: readOnly, ticket: ticket, body)
                } onCancel: {
                    ticket.cancel()
                }
            }
        await pool.giveBack(session)
        return outcome
    }

    private func mayRetry(_ kind: PostgresFailure.Kind) -> Bool { kind != .permanent && journal.hasConnected }

    /// What became of a transaction whose COMMIT got no answer.
    private func wasCommitted(
        _ receipt: PostgresReceipt, _ error: MartletError, _ retry: inout PostgresRetry
    ) async throws -> Bool {
        while true {
            guard try await ask({ try $0.isRunning(receipt) }) else {
                // The word is looked for in a snapshot that begins after the end.
                return try await ask { try receipt.isWritten ? $0.has(receipt) : $0.isCommitted(receipt) }
            }
            guard try await retry.pause() else { throw error }
        }
    }

    private func ask<Answer: Sendable>(
        _ question: @escaping @Sendable (PostgresConnection) throws -> Answer
    ) async throws -> Answer {
        try await readRetrying { connection in
            guard let connection = connection as? PostgresConnection else {
                throw MartletError(.database, "The connection is none of PostgreSQL.")
            }
            return try question(connection)
        }
    }
}
