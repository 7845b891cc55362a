import MartletCore

/// Writes the new state of a ``VersionedTable``, row by row in the order of its keys, as differences.
///
/// The rows that hold are read beside the new ones, so that memory does not grow with the table. Where nothing holds yet
/// the rows go straight into the table.
final class VersionedWriter {
    /// One row: its key and its values, in the order of the table's columns.
    struct Item {
        var key: [Value]
        var values: [Value]
    }

    private let table: VersionedTable
    private let account: AccountID
    private let generation: Int64
    private let connection: any Connection
    private let current: (any Cursor)?
    private var row: (any Row)?
    private let loader: any RowLoader
    private var staged = false
    /// Rows of the new state.
    private(set) var rows = 0
    /// Rows that were opened.
    private(set) var opened = 0
    private var closed = 0
    /// Whether the new state differs from the old one, as far as it was given.
    var hasChanges: Bool { opened + closed > 0 }

    /// Begins. `generation` is the one that is being published, or the published one when only mutes or frameworks
    /// changed.
    init(
        _ table: VersionedTable, _ account: AccountID, generation: Int64, _ connection: any Connection
    ) throws {
        self.table = table
        self.account = account
        self.generation = generation
        self.connection = connection
        let holding = try connection.first(
            "SELECT 1 FROM \(table.name) WHERE tenant = $1 AND account = $2 LIMIT 1", account.values
        ) { _ in true }
        if holding == true {
            let columns = (table.keys + ["opened_in"] + table.values.map(\.name)).joined(separator: ", ")
            let current = try connection.cursor(
                """
                SELECT \(columns) FROM \(table.name)
                WHERE tenant = $1 AND account = $2 AND closed_in IS NULL ORDER BY \(table.keys.joined(separator: ", "))
                """, account.values)
            row = try current.next()
            self.current = current
            loader = try connection.load(table.stage)
            staged = true
        } else {
            current = nil
            loader = try connection.load(
                into: table.name,
                columns: ["tenant", "account"] + table.keys + ["opened_in"] + table.values.map(\.name))
        }
    }

    deinit { current?.close() }

    /// Adds the next row of the new state; keys must ascend.
    func add(key: [Value], values: [Value]) throws {
        rows += 1
        guard staged else {
            loader.add(account.tenant)
            loader.add(account.account)
            for value in key { loader.add(value) }
            loader.add(generation)
            for value in values { loader.add(value) }
            try loader.endRow()
            opened += 1
            return
        }
        while let row, Self.compare(row, key) < 0 { try passAbsent(row) }
        if let row, Self.compare(row, key) == 0 {
            if !same(row, values) {
                try stageClose(row)
                try stageOpen(key, values)
            }
            self.row = try current?.next()
        } else {
            try stageOpen(key, values)
        }
    }

    /// Applies the differences: two statements.
    ///
    /// - Parameter before: Called where there are differences before they are applied, with the stage that holds them; nil
    ///   where the account had no row, after the new ones were loaded.
    func finish(before: ((_ stage: String?) throws -> Void)? = nil) throws {
        guard staged else {
            try loader.finish()
            if rows > 0 { try before?(nil) }
            return
        }
        while let row { try passAbsent(row) }
        current?.close()
        let changes = try loader.finish()
        guard changes > 0 else { return }
        let stage = table.stage.name
        try before?(stage)
        let match = table.keys.map { "t.\($0) = s.\($0)" }.joined(separator: " AND ")
        let closedRows = try connection.execute(
            """
            UPDATE \(table.name) AS t SET closed_in = $3 FROM \(stage) s
            WHERE s.closes = 1 AND t.tenant = $1 AND t.account = $2 AND \(match) AND t.opened_in = s.old
            """, account.values + [.int(generation)])
        try require(closedRows, of: closed, "closed")
        let names = table.values.map(\.name)
        let keys = table.keys.joined(separator: ", ")
        let openedRows = try connection.execute(
            """
            INSERT INTO \(table.name) (tenant, account, \(keys), opened_in, \(names.joined(separator: ", ")))
            SELECT $1, $2, \(keys), $3, \(names.joined(separator: ", ")) FROM \(stage) WHERE closes = 0
            ON CONFLICT (tenant, account, \(keys), opened_in) DO UPDATE SET closed_in = NULL,
            \(names.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
            """, account.values + [.int(generation)])
        try require(openedRows, of: opened, "opened")
    }

    private func require(_ count: Int, of expected: Int, _ verb: String) throws {
        guard count == expected else {
            throw MartletError(
                .database, "\(expected) rows of \(table.name) were to be \(verb) and \(count) were.")
        }
    }

    private func passAbsent(_ row: any Row) throws {
        if table.absence == .closes { try stageClose(row) }
        self.row = try current?.next()
    }

    private func stageClose(_ row: any Row) throws {
        closed += 1
        loader.add(1 as Int64)
        for column in table.keys.indices {
            if table.keyType == .bytes { loader.add(row.hash(column)) } else { loader.add(row.int(column)) }
        }
        loader.add(row.int(table.keys.count))
        for _ in table.values { loader.addNull() }
        try loader.endRow()
    }

    private func stageOpen(_ key: [Value], _ values: [Value]) throws {
        opened += 1
        loader.add(0 as Int64)
        for value in key { loader.add(value) }
        loader.addNull()
        for value in values { loader.add(value) }
        try loader.endRow()
    }

    /// Negative when the stored row comes first, 0 when the keys are equal.
    private static func compare(_ row: any Row, _ key: [Value]) -> Int {
        for (column, value) in key.enumerated() {
            switch value {
            case .hash(let hash):
                let stored = row.hash(column)
                if stored != hash { return stored < hash ? -1 : 1 }
            case .int(let number):
                let stored = row.int(column)
                if stored != number { return stored < number ? -1 : 1 }
            default: continue
            }
        }
        return 0
    }

    private func same(_ row: any Row, _ values: [Value]) -> Bool {
        var column = table.keys.count + 1
        for value in values {
            let equal =
                switch value {
                case .null: row.isNull(column)
                case .int(let number): row.int(column) == number
                case .real(let number): !row.isNull(column) && row.real(column) == number
                case .text(let text): row.text(column) == text
                case .bytes(let bytes): row.bytes(column) == bytes
                case .hash(let hash): row.hash(column) == hash
                case .numbers: false
                }
            guard equal else { return false }
            column += 1
        }
        return true
    }
}
