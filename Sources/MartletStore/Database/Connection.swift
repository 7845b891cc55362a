import MartletCore

/// A connection inside a transaction, as repositories see it; used only on the connection's own thread.
///
/// Statements are written once for SQLite and PostgreSQL with placeholders `$1`, `$2`, …; every call counts as one
/// statement, a bulk load included.
public protocol Connection: AnyObject {
    /// Runs a statement that gives no rows and returns how many rows it changed.
    @discardableResult
    func execute(_ sql: String, _ values: [Value]) throws -> Int

    /// Runs a query.
    func cursor(_ sql: String, _ values: [Value]) throws -> any Cursor

    /// Runs a query once for every key and counts as one statement: the key is the placeholder after `values`, and the query's order that of the index it is meant for. `body` gets
    /// the key's place and a row.
    func lookUp(
        _ sql: String, _ values: [Value], keys: [ContentHash], _ body: (Int, any Row) throws -> Void
    ) throws

    /// The same for keys that are whole numbers.
    func lookUp(
        _ sql: String, _ values: [Value], numbers: [Int64], _ body: (Int, any Row) throws -> Void
    ) throws

    /// The same for keys that are texts.
    func lookUp(
        _ sql: String, _ values: [Value], texts: [String], _ body: (Int, any Row) throws -> Void
    ) throws

    /// Runs a statement whose number of rows nobody needs and that may run while the caller goes on. What is wrong with it
    /// comes with a later statement, at the latest with the end of the transaction, which is then undone.
    func post(_ sql: String, _ values: [Value]) throws

    /// Starts a bulk load into a table.
    func load(into table: String, columns: [String]) throws -> any RowLoader

    /// Empties a stage (making it first where it doesn't exist) and starts a bulk load into it.
    func load(_ stage: Stage) throws -> any RowLoader

    /// Calls `body` with the first row, if there is one; for queries that give one row or few.
    func withFirst(_ sql: String, _ values: [Value], _ body: (any Row) throws -> Void) throws

    /// Keeps other transactions from the same work until the end of this one, waiting for them first. It does not count.
    func lock(_ lock: TransactionLock) throws

    /// Lets the server end this transaction when its client says nothing for so long, because it was stopped: for short
    /// transactions that others wait for and no lease tells of. It does not count.
    func endWhenSilent(milliseconds: Int) throws

    /// How many other transactions work under a token (``TransactionLock/work(token:)``). With `ends` their connections
    /// are ended first, as far as this login may end them; asked as ``DatabaseScope/owner``. A database whose
    /// transactions all run in one process at a time has none.
    func work(under token: Int64, ends: Bool) throws -> Int

    /// A number above all that were given before, also by transactions that were rolled back.
    func nextToken() throws -> Int64

    /// Makes later numbers greater than `number`.
    func raise(_ source: NumberSource, above number: Int64) throws

    /// Goes on as another scope, in the same transaction.
    func enter(_ scope: DatabaseScope) throws

    /// Makes the place of the tables where it is missing, and keeps every other migration waiting.
    func beginMigration() throws

    /// Gives what protects the tables: roles, rights and policies, where the database has them.
    func finishMigration() throws

    /// The program behind the connection, with its version.
    func serverName() throws -> String

    /// What must be put right in a database whose schema is current.
    func problems() throws -> [DatabaseProblem]

    /// Whether the store has a table.
    func hasTable(_ table: String) throws -> Bool

    /// The names of a table's columns, in their order.
    func columns(of table: String) throws -> [String]

    /// The database's clock, in milliseconds since 1970-01-01T00:00:00Z.
    func now() throws -> Int64

    /// Which database speaks.
    var dialect: Dialect { get }

    /// How many statements have run on this connection.
    var statementCount: Int { get }
}

extension Connection {
    /// A database in a file has no server that could end anything.
    public func endWhenSilent(milliseconds: Int) throws {}

    /// None: whoever asks has the only transaction that writes.
    public func work(under token: Int64, ends: Bool) throws -> Int { 0 }

    /// Runs it at once.
    public func post(_ sql: String, _ values: [Value]) throws { try execute(sql, values) }

    /// Runs a statement without values.
    @discardableResult
    public func execute(_ sql: String) throws -> Int { try execute(sql, []) }

    /// Calls `body` with every row.
    public func query(_ sql: String, _ values: [Value] = [], _ body: (any Row) throws -> Void) throws {
        let cursor = try cursor(sql, values)
        defer { cursor.close() }
        while let row = try cursor.next() { try body(row) }
    }

    /// The first row's value by `body`, or nil without a row.
    public func first<Result>(
        _ sql: String, _ values: [Value] = [], _ body: (any Row) throws -> Result
    ) throws -> Result? {
        var result: Result?
        try withFirst(sql, values) { result = try body($0) }
        return result
    }

    /// The first row of a cursor.
    public func withFirst(_ sql: String, _ values: [Value], _ body: (any Row) throws -> Void) throws {
        let cursor = try cursor(sql, values)
        defer { cursor.close() }
        if let row = try cursor.next() { try body(row) }
    }
}
