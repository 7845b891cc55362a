import MartletCore

/// A connection inside a transaction; used only on its session's thread.
final class PostgresConnection: Connection {
    let handle: PostgresHandle
    let settings: PostgresSettings
    private(set) var statementCount = 0
    private var reported = 0
    /// Non-nil while statements are logged.
    var log: [String]?
    /// The first failure of this transaction: what follows it in an aborted transaction tells nothing.
    private(set) var failure: PostgresFailure?
    var crashPoint: CrashPoint?
    /// Tells between statements that the transaction is not wanted any more.
    var ticket: PostgresTicket?
    private var stages: [String: Stage] = [:]
    private var loading: Set<String> = []
    private var finishedCursors: [String] = []
    private var cursorNumber = 0
    private var columnTypes: [String: [String: Stage.ColumnType]] = [:]

    /// Rows of a stage beyond which the planner is told about them.
    private static let analyzedRows = 4_000

    init(_ settings: PostgresSettings) throws(PostgresConnectError) {
        self.settings = settings
        handle = try PostgresHandle(settings)
    }

    let dialect = Dialect.postgresql

    // MARK: Statements

    @discardableResult
    func execute(_ sql: String, _ values: [Value]) throws -> Int {
        count(sql)
        return try attempt { () throws(PostgresStatementError) in
            try handle.run(sql, PostgresParameters(values)).changed
        }
    }

    func cursor(_ sql: String, _ values: [Value]) throws -> any Cursor {
        count(sql)
        cursorNumber += 1
        let name = "martlet_\(cursorNumber)"
        let first = try attempt { () throws(PostgresStatementError) in
            try closeFinishedCursors()
            _ = try handle.run("DECLARE \(name) NO SCROLL CURSOR FOR \(sql)", PostgresParameters(values))
            return try handle.run("FETCH \(PostgresCursor.portion) FROM \(name)", PostgresParameters())
        }
        return PostgresCursor(self, name: name, first: first, columns: first.columnCount)
    }

    func withFirst(_ sql: String, _ values: [Value], _ body: (any Row) throws -> Void) throws {
        count(sql)
        let result = try attempt { () throws(PostgresStatementError) in try handle.run(sql, PostgresParameters(values))
        }
        if result.rowCount > 0 { try body(PostgresRow(result, columns: result.columnCount)) }
    }

    func lookUp(
        _ sql: String, _ values: [Value], keys: [ContentHash], _ body: (Int, any Row) throws -> Void
    ) throws {
        count(sql)
        let last = values.count + 1
        guard let inner = PostgresText.replace(placeholder: last, in: sql, with: "k.key") else {
            throw MartletError(.database, "A look-up has no placeholder for its key.")
        }
        guard !keys.isEmpty else { return }
        var parameters = PostgresParameters(values)
        parameters.add(keys)
        let result = try attempt { () throws(PostgresStatementError) in
            try closeFinishedCursors()
            // As long as a table has not been analyzed the planner takes any index of tenant and account for as good as
            // the key's, and reads the whole account for every key. Only the key's index gives the look-up's order.
            _ = try handle.run(
                "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            defer {
                _ = try? handle.run(
                    """
                    SET LOCAL enable_sort TO DEFAULT; SET LOCAL enable_seqscan TO DEFAULT;
                    SET LOCAL enable_bitmapscan TO DEFAULT
                    """)
            }
            return try handle.run(
                """
                SELECT k.n, q.* FROM unnest($\(last)::bytea[]) WITH ORDINALITY k (key, n) CROSS JOIN LATERAL (\(inner)) q
                """, parameters)
        }
        let place = PostgresRow(result, columns: 1)
        let row = PostgresRow(result, columns: result.columnCount, skipped: 1)
        for index in 0..<result.rowCount {
            place.index = index
            row.index = index
            try body(Int(place.int(0)) - 1, row)
        }
    }

    func now() throws -> Int64 {
        try first("SELECT FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint") { $0.int(0) } ?? 0
    }

    // MARK: Loads

    func load(into table: String, columns: [String]) throws -> any RowLoader {
        count("LOAD \(table)")
        let types = try types(of: table)
        let staged = try columns.map { column in
            guard let type = types[column] else {
                throw MartletError(.database, "The table \(table) has no column \(column).")
            }
            return Stage.Column(column, type)
        }
        // Two loads of one table may be open at once.
        var name = "load_\(table)"
        while loading.contains(name) { name += "_" }
        try prepare(Stage(name, staged))
        loading.insert(name)
        return PostgresLoader(self, stage: name, columns: columns, into: table)
    }

    func load(_ stage: Stage) throws -> any RowLoader {
        count("LOAD temp.\(stage.name)")
        try prepare(stage)
        return PostgresLoader(self, stage: stage.name, columns: stage.columns.map(\.name), into: nil)
    }

    /// Sends a portion of rows to a stage.
    func copy(_ data: UnsafeRawBufferPointer, to stage: String, columns: [String]) throws {
        _ = try attempt { () throws(PostgresStatementError) in
            try handle.copy(
                "COPY pg_temp.\(stage) (\(columns.joined(separator: ", "))) FROM STDIN (FORMAT binary)", data)
        }
    }

    /// Ends a load of `rows` rows: tells the planner about a large stage, or moves the rows into their table.
    func finishLoad(_ stage: String, columns: [String], into table: String?, rows: Int) throws -> Int {
        loading.remove(stage)
        guard let table else {
            if rows > Self.analyzedRows { try run("ANALYZE pg_temp.\(stage)") }
            return rows
        }
        guard rows > 0 else { return 0 }
        let names = columns.joined(separator: ", ")
        return try attempt { () throws(PostgresStatementError) in
            try handle.run(
                "INSERT INTO \(table) (\(names)) SELECT \(names) FROM pg_temp.\(stage)", PostgresParameters()
            )
            .changed
        }
    }

    func abandonLoad(_ stage: String) { loading.remove(stage) }

    private func prepare(_ stage: Stage) throws {
        try attempt { () throws(PostgresStatementError) in try closeFinishedCursors() }
        if let known = stages[stage.name] {
            guard known != stage else {
                try run("TRUNCATE pg_temp.\(stage.name)")
                return
            }
            try run("DROP TABLE pg_temp.\(stage.name)")
        }
        stages[stage.name] = stage
        let columns = stage.columns.map { "\($0.name) \(PostgresText.typeName($0.type))" }.joined(separator: ", ")
        try run("CREATE TEMP TABLE \(stage.name) (\(columns)) ON COMMIT DROP")
    }

    // MARK: Catalogue

    func columns(of table: String) throws -> [String] {
        var names: [String] = []
        try query(
            """
            SELECT a.attname FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = pg_catalog.to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """, [.text(table)]
        ) { names.append($0.text(0)) }
        return names
    }

    func hasTable(_ table: String) throws -> Bool {
        try first("SELECT 1 WHERE pg_catalog.to_regclass($1) IS NOT NULL", [.text(settings.schema + "." + table)]) {
            _ in
            true
        } ?? false
    }

    private func types(of table: String) throws -> [String: Stage.ColumnType] {
        if let known = columnTypes[table] { return known }
        let result = try attempt { () throws(PostgresStatementError) in
            try handle.run(
                """
                SELECT a.attname::text, COALESCE(NULLIF(t.typbasetype, 0), t.oid)
                FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                WHERE a.attrelid = pg_catalog.to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
                """, PostgresParameters([.text(table)]))
        }
        let row = PostgresRow(result, columns: 2)
        var types: [String: Stage.ColumnType] = [:]
        for index in 0..<result.rowCount {
            row.index = index
            types[row.text(0)] = PostgresText.columnType(UInt32(truncatingIfNeeded: row.int(1)))
        }
        columnTypes[table] = types
        return types
    }

    // MARK: Helpers

    /// Runs statements that are not part of a repository and do not count.
    func run(_ sql: String) throws {
        _ = try attempt { () throws(PostgresStatementError) in try handle.run(sql) }
    }

    func fetch(_ cursor: String) throws -> PostgresResult {
        try attempt { () throws(PostgresStatementError) in
            try handle.run("FETCH \(PostgresCursor.portion) FROM \(cursor)", PostgresParameters())
        }
    }

    /// A cursor that nobody reads any more is closed with the next one: it costs no round trip of its own.
    func closeCursor(_ name: String) { finishedCursors.append(name) }

    private func closeFinishedCursors() throws(PostgresStatementError) {
        guard !finishedCursors.isEmpty else { return }
        let sql = finishedCursors.map { "CLOSE \($0)" }.joined(separator: "; ")
        finishedCursors = []
        _ = try handle.run(sql)
    }

    func attempt<Result>(_ body: () throws(PostgresStatementError) -> Result) throws(MartletError) -> Result {
        if ticket?.isCancelled == true {
            throw MartletError(.limit, "The work was cancelled.", place: settings.place)
        }
        do {
            return try body()
        } catch {
            if failure == nil { failure = error.failure }
            throw error.failure.error
        }
    }

    func count(_ sql: String) {
        statementCount += 1
        log?.append(sql)
        crashPoint?.pass()
    }

    /// How many statements have run since it was asked last.
    func takeCount() -> Int {
        defer { reported = statementCount }
        return statementCount - reported
    }

    /// Everything that belongs to one transaction is forgotten.
    func reset() {
        failure = nil
        stages = [:]
        loading = []
        finishedCursors = []
        // A table may have been changed or dropped in the meantime, by this program's newer self.
        if columnTypes.count > 256 { columnTypes = [:] }
    }

    /// What a rolled-back transaction made is gone, its tables too.
    func forgetCatalog() { columnTypes = [:] }
}
