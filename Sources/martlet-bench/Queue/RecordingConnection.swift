import MartletCore
import MartletStore

/// A connection of a ``RecordingDatabase``. Bulk loads are passed on, but not remembered: the queue uses none.
final class RecordingConnection: Connection {
    private let connection: any Connection
    private(set) var statements: [RecordedTransaction.Statement] = []

    init(_ connection: any Connection) { self.connection = connection }

    private func note(_ sql: String, _ values: [Value] = []) { statements.append(.init(sql: sql, values: values)) }

    func execute(_ sql: String, _ values: [Value]) throws -> Int {
        note(sql, values)
        return try connection.execute(sql, values)
    }

    func cursor(_ sql: String, _ values: [Value]) throws -> any Cursor {
        note(sql, values)
        return try connection.cursor(sql, values)
    }

    func withFirst(_ sql: String, _ values: [Value], _ body: (any Row) throws -> Void) throws {
        note(sql, values)
        try connection.withFirst(sql, values, body)
    }

    func lock(_ lock: TransactionLock) throws {
        // What the drivers send for the lock of work; the queue takes no other one.
        if dialect == .postgresql, case .work(let token) = lock {
            note("SELECT pg_catalog.pg_advisory_xact_lock_shared(1, $1::bigint::int)", [.int(token)])
        }
        try connection.lock(lock)
    }

    func now() throws -> Int64 {
        switch dialect {
        case .postgresql: note("SELECT FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint")
        case .sqlite: note("SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)")
        }
        return try given(connection.now())
    }

    func nextToken() throws -> Int64 {
        switch dialect {
        case .postgresql: note("SELECT nextval('tokens')")
        case .sqlite:
            note("UPDATE tokens SET last = last + 1 WHERE id = 1")
            note("SELECT last FROM tokens WHERE id = 1")
        }
        return try given(connection.nextToken())
    }

    private func given(_ number: Int64) -> Int64 {
        statements[statements.count - 1].gave = number
        return number
    }

    func lookUp(
        _ sql: String, _ values: [Value], keys: [ContentHash], _ body: (Int, any Row) throws -> Void
    ) throws { try connection.lookUp(sql, values, keys: keys, body) }

    func lookUp(
        _ sql: String, _ values: [Value], numbers: [Int64], _ body: (Int, any Row) throws -> Void
    ) throws { try connection.lookUp(sql, values, numbers: numbers, body) }

    func lookUp(
        _ sql: String, _ values: [Value], texts: [String], _ body: (Int, any Row) throws -> Void
    ) throws { try connection.lookUp(sql, values, texts: texts, body) }

    func load(into table: String, columns: [String]) throws -> any RowLoader {
        try connection.load(into: table, columns: columns)
    }

    func load(_ stage: Stage) throws -> any RowLoader { try connection.load(stage) }
    func endWhenSilent(milliseconds: Int) throws { try connection.endWhenSilent(milliseconds: milliseconds) }
    func work(under token: Int64, ends: Bool) throws -> Int { try connection.work(under: token, ends: ends) }
    func raise(_ source: NumberSource, above number: Int64) throws { try connection.raise(source, above: number) }
    func enter(_ scope: DatabaseScope) throws { try connection.enter(scope) }
    func beginMigration() throws { try connection.beginMigration() }
    func finishMigration() throws { try connection.finishMigration() }
    func serverName() throws -> String { try connection.serverName() }
    func problems() throws -> [DatabaseProblem] { try connection.problems() }
    func hasTable(_ table: String) throws -> Bool { try connection.hasTable(table) }
    func columns(of table: String) throws -> [String] { try connection.columns(of: table) }
    var dialect: Dialect { connection.dialect }
    var statementCount: Int { connection.statementCount }
}
