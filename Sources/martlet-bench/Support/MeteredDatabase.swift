import MartletStore
import Synchronization

/// A database that counts the transactions its user has committed.
struct MeteredDatabase: Database {
    private let base: any Database
    let meter: Meter

    /// The count, shared by all scopes of a database.
    final class Meter: Sendable {
        private let count = Atomic(0)
        /// Writing transactions so far.
        var commits: Int { count.load(ordering: .relaxed) }
        fileprivate func add() { count.add(1, ordering: .relaxed) }
    }

    init(_ base: any Database, meter: Meter = Meter()) {
        self.base = base
        self.meter = meter
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await base.read(body) }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let result = try await base.write(body)
        meter.add()
        return result
    }

    func scoped(to scope: DatabaseScope) -> any Database { MeteredDatabase(base.scoped(to: scope), meter: meter) }

    var statementCount: Int { get async { await base.statementCount } }
    func statementLog() async -> [String] { await base.statementLog() }
    func setStatementLog(_ on: Bool) async { await base.setStatementLog(on) }
    func close() async { await base.close() }
}
