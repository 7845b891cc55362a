/// A database as repositories see it.
///
/// The bodies run synchronously on a thread of their own, never on the cooperative pool.
public protocol Database: Sendable {
    /// Runs `body` in a read-only transaction: everything it reads is one snapshot.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result

    /// The same for a `body` that gives nothing away before its end: after a lost connection it may run again from its
    /// beginning.
    func readRetrying<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result

    /// Runs `body` in a transaction; an error rolls everything back. After a deadlock, a serialization failure or a lost
    /// connection `body` may run again from its beginning, so it changes nothing outside the transaction.
    func write<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result

    /// The same database, as one of its scopes: the same connections, other rows.
    func scoped(to scope: DatabaseScope) -> any Database

    /// How many statements have run on all connections.
    var statementCount: Int { get async }

    /// How busy the connections are; of all scopes together.
    var poolStatus: PoolStatus { get async }

    /// The statements of the write connection since the log was started, for tests that pin their number.
    func statementLog() async -> [String]

    /// Starts (and empties) or stops the log of statements.
    func setStatementLog(_ on: Bool) async

    /// Closes every connection. Nothing may be called afterwards.
    func close() async
}

extension Database {
    /// A database without connections that can be lost has nothing to do again.
    public func readRetrying<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await read(body) }

    /// A database without connections of its own has none that are busy.
    public var poolStatus: PoolStatus { get async { PoolStatus() } }

    /// A database without scopes is the same for all.
    public func scoped(to scope: DatabaseScope) -> any Database { self }
}
