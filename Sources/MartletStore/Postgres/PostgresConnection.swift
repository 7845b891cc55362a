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
    /// Tells between statements that the transaction is not wanted any more.
    var ticket: PostgresTicket?
    private var stages: [String: Stage] = [:]
    private var finishedCursors: [String] = []
    private var cursorNumber = 0
    /// Whether the planner takes the order of an index above all else at this moment.
    private var plansByOrder = false
    var shapes: [String: PostgresTableShape] = [:]

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
            try planFreely()
            return try handle.run(sql, PostgresParameters(values)).changed
        }
    }

    func post(_ sql: String, _ values: [Value]) throws {
        count(sql)
        try attempt { () throws(PostgresStatementError) in
            try planFreely()
            try handle.post(sql, PostgresParameters(values))
        }
    }

    func cursor(_ sql: String, _ values: [Value]) throws -> any Cursor {
        count(sql)
        cursorNumber += 1
        let name = "martlet_\(cursorNumber)"
        let first = try attempt { () throws(PostgresStatementError) in
            try closeFinishedCursors()
            try planFreely()
            try handle.post("DECLARE \(name) NO SCROLL CURSOR FOR \(sql)", PostgresParameters(values))
            return try handle.run("FETCH \(PostgresCursor.portion) FROM \(name)", PostgresParameters())
        }
        return PostgresCursor(self, name: name, first: first, columns: first.columnCount)
    }

    func withFirst(_ sql: String, _ values: [Value], _ body: (any Row) throws -> Void) throws {
        count(sql)
        let result = try attempt { () throws(PostgresStatementError) in
            try planFreely()
            return try handle.run(sql, PostgresParameters(values))
        }
        if result.rowCount > 0 { try body(PostgresRow(result, columns: result.columnCount)) }
    }

    func lookUp(
        _ sql: String, _ values: [Value], keys: [ContentHash], _ body: (Int, any Row) throws -> Void
    ) throws {
        var parameters = PostgresParameters(values)
        parameters.add(keys)
        try lookUp(sql, parameters, last: values.count + 1, type: "bytea", count: keys.count, body)
    }

    func lookUp(
        _ sql: String, _ values: [Value], numbers: [Int64], _ body: (Int, any Row) throws -> Void
    ) throws {
        var parameters = PostgresParameters(values)
        parameters.add(numbers)
        try lookUp(sql, parameters, last: values.count + 1, type: "bigint", count: numbers.count, body)
    }

    func lookUp(
        _ sql: String, _ values: [Value], texts: [String], _ body: (Int, any Row) throws -> Void
    ) throws {
        var parameters = PostgresParameters(values)
        parameters.add(texts)
        try lookUp(sql, parameters, last: values.count + 1, type: "text", count: texts.count, body)
    }

    private func lookUp(
        _ sql: String, _ parameters: PostgresParameters, last: Int, type: String, count keys: Int,
        _ body: (Int, any Row) throws -> Void
    ) throws {
        count(sql)
        guard let inner = PostgresText.replace(placeholder: last, in: sql, with: "k.key") else {
            throw MartletError(.database, "A look-up has no placeholder for its key.")
        }
        guard keys > 0 else { return }
        let result = try attempt { () throws(PostgresStatementError) in
            try closeFinishedCursors()
            try planByOrder()
            // OFFSET 0 keeps the query what it is, one look for each key: merged with the keys it might become a join of
            // them with the whole tenant.
            return try handle.run(
                """
                SELECT k.n, q.* FROM unnest($\(last)::\(type)[]) WITH ORDINALITY k (key, n) CROSS JOIN LATERAL (\(inner) OFFSET 0) q
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

    /// As long as a table has not been analyzed the planner takes any index of tenant and account for as good as the key's,
    /// and reads the whole account for every key. Only the key's index gives the look-up's order. It holds until a statement
    /// of another kind comes.
    private func planByOrder() throws(PostgresStatementError) {
        guard !plansByOrder else { return }
        try handle.post(Self.planning(others: "off"), PostgresParameters())
        plansByOrder = true
    }

    func planFreely() throws(PostgresStatementError) {
        guard plansByOrder else { return }
        try handle.post(Self.planning(others: "on"), PostgresParameters())
        plansByOrder = false
    }

    private static func planning(others: String) -> String {
        let settings = ["enable_sort", "enable_seqscan", "enable_bitmapscan"]
        return "SELECT " + settings.map { "set_config('\($0)', '\(others)', true)" }.joined(separator: ", ")
    }

    func now() throws -> Int64 {
        try first("SELECT \(dialect.clock)") { $0.int(0) } ?? 0
    }

    // MARK: Loads

    func load(into table: String, columns: [String]) throws -> any RowLoader {
        count("LOAD \(table)")
        return try PostgresTableLoader(self, table: table, columns: columns, shape: shape(of: table))
    }

    func load(_ stage: Stage) throws -> any RowLoader {
        count("LOAD temp.\(stage.name)")
        try prepare(stage)
        return PostgresStageLoader(self, stage: stage.name, columns: stage.columns.map(\.name))
    }

    /// Sends a portion of rows to a stage.
    func copy(_ data: UnsafeRawBufferPointer, to stage: String, columns: [String]) throws {
        _ = try attempt { () throws(PostgresStatementError) in
            try handle.copy(
                "COPY pg_temp.\(stage) (\(columns.joined(separator: ", "))) FROM STDIN (FORMAT binary)", data)
        }
    }

    /// Ends a load of `rows` rows: tells the planner about a large stage.
    func finishLoad(_ stage: String, rows: Int) throws {
        if rows > Self.analyzedRows { try run("ANALYZE pg_temp.\(stage)") }
    }

    /// Sends rows to a table, without waiting.
    func insert(_ sql: String, _ rows: UnsafeRawBufferPointer, rows count: Int, table: String) throws {
        let place = settings.place
        try attempt { () throws(PostgresStatementError) in
            try handle.post(sql, rows) { result throws(PostgresStatementError) in
                guard result.changed == count else {
                    throw PostgresStatementError(
                        failure: .wrongCount(sent: count, inserted: result.changed, table: table, place: place))
                }
            }
        }
    }

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
        let finished = finishedCursors
        finishedCursors = []
        try handle.aside { () throws(PostgresStatementError) in
            for name in finished { try handle.post("CLOSE \(name)", PostgresParameters()) }
        }
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
        finishedCursors = []
        plansByOrder = false
        // A table may have been changed or dropped in the meantime, by this program's newer self.
        if shapes.count > 256 { shapes = [:] }
    }

    /// What a rolled-back transaction made is gone, its tables too.
    func forgetCatalog() { shapes = [:] }
}
