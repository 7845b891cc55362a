import MartletCore

@testable import MartletStore

/// A connection that asks the planner about each statement before it runs.
final class PlanLog: Connection {
    private let connection: any Connection
    /// What the planner says of each statement, in order.
    private(set) var plans: [String] = []

    /// PostgreSQL would rather read small tables as a whole.
    init(_ connection: any Connection) throws {
        self.connection = connection
        if connection.dialect == .postgresql { try connection.execute("SET LOCAL enable_seqscan = off") }
    }

    private func explain(_ sql: String, _ values: [Value]) throws {
        var lines: [String] = []
        if let postgres = connection as? PostgresConnection {
            // A plan has parameters only where they are written out.
            var text = sql
            for (index, value) in values.enumerated().reversed() {
                if case .int(let number) = value { text = text.replacingMark("$\(index + 1)", with: String(number)) }
            }
            let result = try postgres.handle.run("EXPLAIN " + text, PostgresParameters())
            lines = (0..<result.rowCount).map { String(decoding: result.bytes($0, 0), as: UTF8.self) }
        } else {
            try connection.query("EXPLAIN QUERY PLAN " + sql, values) { lines.append($0.text(3)) }
        }
        plans.append(lines.joined(separator: "\n"))
    }

    func execute(_ sql: String, _ values: [Value]) throws -> Int {
        try explain(sql, values)
        return try connection.execute(sql, values)
    }

    func cursor(_ sql: String, _ values: [Value]) throws -> any Cursor {
        try explain(sql, values)
        return try connection.cursor(sql, values)
    }

    func withFirst(_ sql: String, _ values: [Value], _ body: (any Row) throws -> Void) throws {
        try explain(sql, values)
        try connection.withFirst(sql, values, body)
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

extension String {
    fileprivate func replacingMark(_ mark: String, with text: String) -> String {
        var result = ""
        var rest = self[...]
        while let range = rest.firstRange(of: mark) {
            result += rest[..<range.lowerBound] + text
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
