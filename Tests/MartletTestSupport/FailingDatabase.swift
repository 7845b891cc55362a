import MartletCore
import MartletStore
import Synchronization

/// A database whose statements fail where they contain a text, or that calls a hook before them: what a full disk, a lost
/// connection or a badly timed neighbour does.
public final class FailingDatabase: Database {
    /// What runs on the connection's thread before statements with a text.
    struct Hook: Sendable {
        var text: String
        var body: @Sendable (any Connection) throws -> Void
    }

    /// Shared by all scopes of the database.
    final class State: Sendable {
        let failing = Mutex<String?>(nil)
        /// How many statements with the text still work.
        let spared = Atomic(0)
        let hook = Mutex<Hook?>(nil)
    }

    private let database: any Database
    private let state: State
    private let failsReads: Bool

    /// - Parameters:
    ///   - text: What statements fail by from the beginning; nil for none.
    ///   - failsReads: Queries fail, too, not only what writes.
    public convenience init(_ database: any Database, failing text: String? = nil, failsReads: Bool = false) {
        let state = State()
        state.failing.withLock { $0 = text }
        self.init(database, state, failsReads: failsReads)
    }

    private init(_ database: any Database, _ state: State, failsReads: Bool) {
        self.database = database
        self.state = state
        self.failsReads = failsReads
    }

    /// From now on statements with this text fail, but for the first `count`; nil ends it.
    public func fail(at text: String?, after count: Int = 0) {
        state.spared.store(count, ordering: .relaxed)
        state.failing.withLock { $0 = text }
    }

    /// From now on `body` runs inside the transaction before statements with this text.
    public func call(before text: String, _ body: @escaping @Sendable (any Connection) throws -> Void) {
        state.hook.withLock { $0 = Hook(text: text, body: body) }
    }

    /// Fails only where queries do.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        guard failsReads else { return try await database.read(body) }
        return try await database.read { [state] in try body(FailingConnection($0, state, failsReads: true)) }
    }

    /// Fails as it was told.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await database.write { [state, failsReads] in
            try body(FailingConnection($0, state, failsReads: failsReads))
        }
    }

    /// The same failures in another scope.
    public func scoped(to scope: DatabaseScope) -> any Database {
        FailingDatabase(database.scoped(to: scope), state, failsReads: failsReads)
    }

    /// The database's own.
    public var statementCount: Int { get async { await database.statementCount } }
    /// The database's own.
    public func statementLog() async -> [String] { await database.statementLog() }
    /// Starts or stops the database's log.
    public func setStatementLog(_ on: Bool) async { await database.setStatementLog(on) }
    /// Closes the database.
    public func close() async { await database.close() }
}
