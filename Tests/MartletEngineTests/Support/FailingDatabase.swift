import MartletCore
import MartletStore
import Synchronization

/// A database whose statements fail where they contain a text: what a full disk or a lost connection does.
final class FailingDatabase: Database {
    private let database: any Database
    private let failing = Mutex<String?>(nil)

    init(_ database: any Database) { self.database = database }

    /// From now on statements with this text fail; nil ends it.
    func fail(at text: String?) { failing.withLock { $0 = text } }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await database.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let failing = failing.withLock { $0 }
        return try await database.write { try body(FailingConnection($0, failing: failing)) }
    }

    var statementCount: Int { get async { await database.statementCount } }
    func statementLog() async -> [String] { await database.statementLog() }
    func setStatementLog(_ on: Bool) async { await database.setStatementLog(on) }
    func close() async { await database.close() }
}

private final class FailingConnection: Connection {
    private let connection: any Connection
    private let failing: String?

    init(_ connection: any Connection, failing: String?) {
        self.connection = connection
        self.failing = failing
    }

    private func check(_ text: String) throws {
        if let failing, text.contains(failing) { throw MartletError(.io, "The disk is full.") }
    }

    func execute(_ sql: String, _ values: [Value]) throws -> Int {
        try check(sql)
        return try connection.execute(sql, values)
    }

    func cursor(_ sql: String, _ values: [Value]) throws -> any Cursor { try connection.cursor(sql, values) }

    func lookUp(
        _ sql: String, _ values: [Value], keys: [ContentHash], _ body: (Int, any Row) throws -> Void
    ) throws { try connection.lookUp(sql, values, keys: keys, body) }

    func load(into table: String, columns: [String]) throws -> any RowLoader {
        try check(table)
        return try connection.load(into: table, columns: columns)
    }

    func load(_ stage: Stage) throws -> any RowLoader {
        try check(stage.name)
        return try connection.load(stage)
    }

    func withFirst(_ sql: String, _ values: [Value], _ body: (any Row) throws -> Void) throws {
        try connection.withFirst(sql, values, body)
    }

    func lock(_ lock: TransactionLock) throws { try connection.lock(lock) }
    func nextToken() throws -> Int64 { try connection.nextToken() }
    func raise(_ source: NumberSource, above number: Int64) throws { try connection.raise(source, above: number) }
    func enter(_ scope: DatabaseScope) throws { try connection.enter(scope) }
    func beginMigration() throws { try connection.beginMigration() }
    func finishMigration() throws { try connection.finishMigration() }
    func serverName() throws -> String { try connection.serverName() }
    func problems() throws -> [DatabaseProblem] { try connection.problems() }
    func hasTable(_ table: String) throws -> Bool { try connection.hasTable(table) }
    func columns(of table: String) throws -> [String] { try connection.columns(of: table) }
    func now() throws -> Int64 { try connection.now() }
    var dialect: Dialect { connection.dialect }
    var statementCount: Int { connection.statementCount }
}
