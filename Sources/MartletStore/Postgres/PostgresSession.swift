import MartletCore
import Synchronization

/// A connection on a thread of its own, made when it is first needed and again after it was lost.
actor PostgresSession {
    private let executor: DedicatedThreadExecutor
    private let settings: PostgresSettings
    private let journal: PostgresJournal
    private var connection: PostgresConnection?
    private var cancel: PostgresCancel?
    /// Under which the server knows this session, and how many transactions it has ended.
    private var number = Int64.random(in: .min ... .max)
    private var transactions: Int64 = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ settings: PostgresSettings, journal: PostgresJournal) throws {
        executor = try DedicatedThreadExecutor()
        self.settings = settings
        self.journal = journal
    }

    /// How a transaction ended.
    enum Outcome<Result: Sendable>: Sendable {
        case done(Result)
        /// Nothing of it stays.
        case failed(any Error, PostgresFailure.Kind, begun: Bool)
        /// The connection broke while COMMIT was under way; the receipt tells what became of it.
        case unknown(Result, PostgresReceipt, MartletError)
    }

    /// Runs `body` between BEGIN and COMMIT; an error rolls back.
    func transaction<Result: Sendable>(
        _ scope: DatabaseScope, readOnly: Bool, ticket: PostgresTicket,
        _ body: @Sendable (any Connection) throws -> Result
    ) -> Outcome<Result> {
        let connection: PostgresConnection
        do {
            connection = try connected()
        } catch {
            return .failed(error.failure.error, error.failure.kind, begun: false)
        }
        let cancelNumber = cancel?.begin() ?? 0
        defer { finish(connection) }
        guard ticket.attach(cancel, cancelNumber) else { return .failed(CancellationError(), .permanent, begun: false) }
        connection.reset()
        connection.ticket = ticket
        connection.log = journal.isOn && !readOnly ? [] : nil
        connection.handle.trail = readOnly ? nil : CrashPoint.current.map(CrashTrail.init)
        do {
            try connection.begin(scope, readOnly: readOnly)
        } catch {
            return .failed(error, connection.failure?.kind ?? .permanent, begun: false)
        }
        return run(connection, scope, readOnly: readOnly, body)
    }

    /// Forgets the connection.
    func close() { drop() }

    private func run<Result: Sendable>(
        _ connection: PostgresConnection, _ scope: DatabaseScope, readOnly: Bool,
        _ body: @Sendable (any Connection) throws -> Result
    ) -> Outcome<Result> {
        var receipt: PostgresReceipt?
        var result: Result?
        do {
            let value = try body(connection)
            // A statement whose failure the body has swallowed has taken the transaction with it.
            if let failure = connection.failure { throw failure.error }
            if !readOnly { receipt = try leaveReceipt(connection, scope) }
            result = value
            try connection.commit()
            return .done(value)
        } catch {
            let kind = connection.failure?.kind ?? .permanent
            if connection.handle.isAlive {
                connection.handle.abandonPosted()
                // The first error is the one to tell; a failed rollback shows at the next BEGIN.
                _ = try? connection.handle.run("ROLLBACK")
            }
            connection.forgetCatalog()
            if kind == .lost, let result, let receipt, let failure = connection.failure {
                // The next transaction of this session must not overwrite what will be asked for.
                number = .random(in: .min ... .max)
                transactions = 0
                return .unknown(result, receipt, failure.error)
            }
            return .failed(error, kind, begun: true)
        }
    }

    private func leaveReceipt(
        _ connection: PostgresConnection, _ scope: DatabaseScope
    ) throws -> PostgresReceipt? {
        transactions += 1
        if transactions == 1, scope != .owner { try connection.removeOldReceipts() }
        return try connection.leave(
            PostgresReceipt(session: number, number: transactions), isOwner: scope == .owner)
    }

    private func connected() throws(PostgresConnectError) -> PostgresConnection {
        if let connection, connection.handle.isAlive { return connection }
        drop()
        let made = try PostgresConnection(settings)
        connection = made
        journal.noteConnection()
        cancel = made.handle.makeCancel()
        return made
    }

    private func finish(_ connection: PostgresConnection) {
        journal.add(statements: connection.takeCount(), log: connection.log)
        connection.log = nil
        connection.ticket = nil
        let cancelled = cancel?.end() ?? false
        if cancelled || !connection.handle.isAlive || connection.failure?.kind == .lost { drop() }
    }

    private func drop() {
        cancel = nil
        connection = nil
    }
}
