import MartletCore

@testable import MartletStore

/// A database whose statements fail where they contain a text: what a full disk or a lost connection does.
final class FailingDatabase: Database {
    private let database: any Database
    private let failing: String

    init(_ database: any Database, failing: String) {
        self.database = database
        self.failing = failing
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let failing = failing
        return try await database.read { try body(FailingConnection($0, failing: failing)) }
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let failing = failing
        return try await database.write { try body(FailingConnection($0, failing: failing)) }
    }

    func scoped(to scope: DatabaseScope) -> any Database {
        FailingDatabase(database.scoped(to: scope), failing: failing)
    }

    var statementCount: Int { get async { await database.statementCount } }
    func statementLog() async -> [String] { await database.statementLog() }
    func setStatementLog(_ on: Bool) async { await database.setStatementLog(on) }
    func close() async { await database.close() }
}

private final class FailingConnection: Connection {
    private let connection: any Connection
    private let failing: String

    init(_ connection: any Connection, failing: String) {
        self.connection = connection
        self.failing = failing
    }

    private func check(_ text: String) throws {
        if text.contains(failing) { throw MartletError(.io, "The disk is full.") }
    }

    func execute(_ sql: String, _ values: [Value]) throws -> Int {
        try check(sql)
        return try connection.execute(sql, values)
    }

    func cursor(_ sql: String, _ values: [Value]) throws -> any Cursor {
        try check(sql)
        return try connection.cursor(sql, values)
    }

    func lookUp(
        _ sql: String, _ values: [Value], keys: [ContentHash], _ body: (Int, any Row) throws -> Void
    ) throws {
        try check(sql)
        try connection.lookUp(sql, values, keys: keys, body)
    }

    func load(into table: String, columns: [String]) throws -> any RowLoader {
        try check(table)
        return try connection.load(into: table, columns: columns)
    }

    func load(_ stage: Stage) throws -> any RowLoader {
        try check(stage.name)
        return try connection.load(stage)
    }

    func withFirst(_ sql: String, _ values: [Value], _ body: (any Row) throws -> Void) throws {
        try check(sql)
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
