import MartletCore
import MartletStore

/// A connection of a ``FailingDatabase``.
final class FailingConnection: Connection {
    private let connection: any Connection
    private let state: FailingDatabase.State
    private let failsReads: Bool

    init(_ connection: any Connection, _ state: FailingDatabase.State, failsReads: Bool) {
        self.connection = connection
        self.state = state
        self.failsReads = failsReads
    }

    private func check(_ text: String) throws {
        if let failing = state.failing.withLock({ $0 }), text.contains(failing),
            state.spared.subtract(1, ordering: .relaxed).oldValue <= 0
        {
            throw MartletError(.io, "The disk is full.")
        }
        if let hook = state.hook.withLock({ $0 }), text.contains(hook.text) { try hook.body(connection) }
    }

    private func checkRead(_ text: String) throws {
        if failsReads { try check(text) }
    }

    func execute(_ sql: String, _ values: [Value]) throws -> Int {
        try check(sql)
        return try connection.execute(sql, values)
    }

    func cursor(_ sql: String, _ values: [Value]) throws -> any Cursor {
        try checkRead(sql)
        return try connection.cursor(sql, values)
    }

    func lookUp(
        _ sql: String, _ values: [Value], keys: [ContentHash], _ body: (Int, any Row) throws -> Void
    ) throws {
        try checkRead(sql)
        try connection.lookUp(sql, values, keys: keys, body)
    }

    func lookUp(
        _ sql: String, _ values: [Value], numbers: [Int64], _ body: (Int, any Row) throws -> Void
    ) throws {
        try checkRead(sql)
        try connection.lookUp(sql, values, numbers: numbers, body)
    }

    func lookUp(
        _ sql: String, _ values: [Value], texts: [String], _ body: (Int, any Row) throws -> Void
    ) throws {
        try checkRead(sql)
        try connection.lookUp(sql, values, texts: texts, body)
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
        try checkRead(sql)
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
