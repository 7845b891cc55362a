import CSQLite
import MartletCore

/// One SQLite handle with its prepared statements; used only on its session's thread.
final class SQLiteConnection: Connection {
    private var handle: OpaquePointer?
    private let path: String
    private var idle: [String: SQLiteStatement] = [:]
    private var stages: Set<String> = []
    private(set) var statementCount = 0
    /// Non-nil while statements are logged.
    var log: [String]?
    /// Non-nil in transactions of a process that tests want to crash.
    var trail: CrashTrail?

    /// Pages kept in memory unless told otherwise, in KiB: enough for the upper levels of the b-trees of a million findings.
    static let cacheKiB = 48 * 1024
    /// Statements beyond this many are prepared anew; repositories have far fewer.
    private static let maximumIdle = 256

    init(
        path: String, readOnly: Bool, create: Bool, busyMilliseconds: Int32, cacheKiB: Int = SQLiteConnection.cacheKiB
    ) throws {
        self.path = path
        var flags = SQLITE_OPEN_NOMUTEX | (readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE)
        if create { flags |= SQLITE_OPEN_CREATE }
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        // `deinit` closes it, also here: everything has its value.
        guard code == SQLITE_OK else { throw SQLiteError.make(code, handle, path: path) }
        sqlite3_busy_timeout(handle, busyMilliseconds)
        if !readOnly {
            // WAL lets readers go on beside the writer; NORMAL loses at most the last transactions on a power cut,
            // never consistency.
            try run("PRAGMA journal_mode = WAL")
            try run("PRAGMA synchronous = NORMAL")
        }
        // Lists of any size are read by several readers in turn, whose caches add up; the system's cache is behind them.
        try run("PRAGMA cache_size = -\(readOnly ? cacheKiB / 6 : cacheKiB)")
        try run("PRAGMA trusted_schema = OFF")
    }

    deinit { close() }

    let dialect = Dialect.sqlite

    func close() {
        idle.removeAll()
        if let handle { sqlite3_close_v2(handle) }
        handle = nil
    }

    func error(_ code: Int32) -> MartletError { SQLiteError.make(code, handle, path: path) }

    @discardableResult
    func execute(_ sql: String, _ values: [Value]) throws -> Int {
        count(sql)
        let statement = try take(sql)
        defer { giveBack(statement, sql: sql) }
        try statement.bind(values)
        let code = sqlite3_step(statement.handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw error(code) }
        return Int(sqlite3_changes(handle))
    }

    func cursor(_ sql: String, _ values: [Value]) throws -> any Cursor {
        count(sql)
        let statement = try take(sql)
        try statement.bind(values)
        return SQLiteCursor(statement, sql: sql, connection: self)
    }

    func lookUp(
        _ sql: String, _ values: [Value], keys: [ContentHash], _ body: (Int, any Row) throws -> Void
    ) throws {
        try lookUp(sql, values, count: keys.count, body) { $0.bindHash(keys[$1], at: $2) }
    }

    func lookUp(
        _ sql: String, _ values: [Value], numbers: [Int64], _ body: (Int, any Row) throws -> Void
    ) throws {
        try lookUp(sql, values, count: numbers.count, body) { sqlite3_bind_int64($0.handle, $2, numbers[$1]) }
    }

    func lookUp(
        _ sql: String, _ values: [Value], texts: [String], _ body: (Int, any Row) throws -> Void
    ) throws {
        try lookUp(sql, values, count: texts.count, body) { $0.bindText(texts[$1], at: $2) }
    }

    /// `bind` gets the place of a key and SQLite's index of its placeholder.
    private func lookUp(
        _ sql: String, _ values: [Value], count keys: Int, _ body: (Int, any Row) throws -> Void,
        bind: (SQLiteStatement, Int, Int32) -> Int32
    ) throws {
        count(sql)
        let statement = try take(sql)
        defer { giveBack(statement, sql: sql) }
        try statement.bind(values + [.null])
        guard let index = statement.index(of: values.count + 1) else {
            throw MartletError(.database, "A look-up has no placeholder for its key.")
        }
        let row = SQLiteRow(statement.handle)
        for place in 0..<keys {
            let bound = bind(statement, place, index)
            guard bound == SQLITE_OK else { throw error(bound) }
            var code = sqlite3_step(statement.handle)
            while code == SQLITE_ROW {
                try body(place, row)
                code = sqlite3_step(statement.handle)
            }
            sqlite3_reset(statement.handle)
            guard code == SQLITE_DONE else { throw error(code) }
        }
    }

    func load(into table: String, columns: [String]) throws -> any RowLoader {
        let marks = (1...max(columns.count, 1)).map { "?\($0)" }.joined(separator: ", ")
        let sql = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
        count("LOAD \(table)", sql)
        return SQLiteLoader(try take(sql), table: table, columns: columns.count, sql: sql, connection: self)
    }

    func load(_ stage: Stage) throws -> any RowLoader {
        if stages.insert(stage.name).inserted {
            let columns = stage.columns.map { "\($0.name) \(Self.typeName($0.type))" }.joined(separator: ", ")
            try run("CREATE TEMP TABLE IF NOT EXISTS \(stage.name) (\(columns))")
        }
        try run("DELETE FROM temp.\(stage.name)")
        return try load(into: "temp.\(stage.name)", columns: stage.columns.map(\.name))
    }

    // One writer at a time, and nobody to keep out.
    func lock(_ lock: TransactionLock) throws {}
    func enter(_ scope: DatabaseScope) throws {}
    func beginMigration() throws {}
    func finishMigration() throws {}

    func serverName() throws -> String { "SQLite \(String(cString: sqlite3_libversion()))" }

    func problems() throws -> [DatabaseProblem] {
        var problems: [DatabaseProblem] = []
        try query("PRAGMA quick_check(5)") { row in
            if row.text(0) != "ok" {
                problems.append(.init("file", "It is damaged (\(row.text(0))); restore a backup."))
            }
        }
        return problems
    }

    func nextToken() throws -> Int64 {
        try execute("UPDATE tokens SET last = last + 1 WHERE id = 1", [])
        return try first("SELECT last FROM tokens WHERE id = 1") { $0.int(0) } ?? 0
    }

    func raise(_ source: NumberSource, above number: Int64) throws {
        // Numbers of rows are those above the highest that is there.
        guard source == .tokens else { return }
        try execute("UPDATE tokens SET last = MAX(last, $1) WHERE id = 1", [.int(number)])
    }

    func hasTable(_ table: String) throws -> Bool {
        try first("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", [.text(table)]) { _ in true }
            ?? false
    }

    func columns(of table: String) throws -> [String] {
        var names: [String] = []
        try query("SELECT name FROM pragma_table_info($1) ORDER BY cid", [.text(table)]) { names.append($0.text(0)) }
        return names
    }

    func now() throws -> Int64 {
        try first("SELECT \(dialect.clock)") { $0.int(0) } ?? 0
    }

    /// Runs a statement that is not part of a repository and does not count.
    func run(_ sql: String) throws {
        pass(sql)
        var message: UnsafeMutablePointer<CChar>?
        let code = sqlite3_exec(handle, sql, nil, nil, &message)
        sqlite3_free(message)
        guard code == SQLITE_OK else { throw error(code) }
    }

    /// After a rollback the stages made inside it are gone.
    func forgetStages() { stages.removeAll() }

    func giveBack(_ statement: SQLiteStatement, sql: String) {
        statement.reset()
        if idle.count < Self.maximumIdle { idle[sql] = statement }
    }

    private func take(_ sql: String) throws -> SQLiteStatement {
        if let statement = idle.removeValue(forKey: sql) { return statement }
        guard let handle else { throw MartletError(.database, "The database has been closed.", place: path) }
        return try SQLiteStatement(sql, on: handle, path: path)
    }

    /// Counts a statement that is about to run; `sql` is its text where `name` stands for it in the log.
    func count(_ name: String, _ sql: String? = nil) {
        statementCount += 1
        log?.append(name)
        pass(sql ?? name)
    }

    /// Passes a boundary at which tests may want the process to end. There is no server whose side could be ended alone.
    func pass(_ sql: String) { _ = trail?.pass(sql) }

    private static func typeName(_ type: Stage.ColumnType) -> String {
        switch type {
        case .int: "INTEGER"
        case .real: "REAL"
        case .text: "TEXT"
        case .bytes: "BLOB"
        }
    }
}
