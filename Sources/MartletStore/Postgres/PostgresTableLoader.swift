import MartletCore

/// Collects the rows of a table in the binary form of an array of its row type, and inserts them by portions: COPY
/// refuses tables under row-level security, and a stage between would be written and read for nothing.
///
/// A portion is sent without waiting for its result, so that the server inserts while the next rows are made. Fewer rows
/// inserted than sent are an error of the transaction.
final class PostgresTableLoader: RowLoader {
    private let connection: PostgresConnection
    private let table: String
    private let sql: String
    private let shape: PostgresTableShape
    /// For each field of a row the place among the values that are given; nil for those that the server fills in.
    private let places: [Int?]
    /// The type of each value that is given.
    private let types: [UInt32]
    private var array = CopyBuffer()
    /// The values of the row that is being made, each with its length, and where each begins.
    private var row = CopyBuffer()
    private var starts: [Int] = []
    private var portionRows = 0
    private var rows = 0
    private var failure: MartletError?
    private var open = true

    /// Bytes and rows that are collected before they are sent: the server works on one portion while the next is made.
    private static let portionBytes = 1 << 20
    private static let portionRows = 2_000
    /// Dimensions, nulls, the element's type, count, lower bound.
    private static let headerCount = 20

    init(_ connection: PostgresConnection, table: String, columns: [String], shape: PostgresTableShape) throws {
        self.connection = connection
        self.table = table
        self.shape = shape
        types = try columns.map { column in
            guard let known = shape.columns.first(where: { $0.name == column }) else {
                throw MartletError(.database, "The table \(table) has no column \(column).")
            }
            return known.type
        }
        places = shape.columns.map { columns.firstIndex(of: $0.name) }
        let names = columns.joined(separator: ", ")
        sql = "INSERT INTO \(table) (\(names)) SELECT \(names) FROM unnest($1::\(table)[])"
        starts.reserveCapacity(columns.count + 1)
        beginArray()
    }

    func addNull() {
        starts.append(row.count)
        row.append(Int32(-1))
    }

    func add(_ value: Int64) {
        starts.append(row.count)
        switch type {
        case PostgresType.int8:
            row.append(Int32(8))
            row.append(value)
        case PostgresType.int4:
            row.append(Int32(4))
            row.append(narrowed(value) as Int32)
        case PostgresType.int2:
            row.append(Int32(2))
            row.append(narrowed(value) as Int16)
        case PostgresType.float8:
            row.append(Int32(8))
            row.append(Double(value).bitPattern)
        default: refuse("an integer")
        }
    }

    func add(_ value: Double) {
        starts.append(row.count)
        guard type == PostgresType.float8 else { return refuse("a number") }
        row.append(Int32(8))
        row.append(value.bitPattern)
    }

    func add(_ value: String) {
        starts.append(row.count)
        guard type == PostgresType.text || type == PostgresType.varchar else { return refuse("a text") }
        var value = value
        value.withUTF8 { bytes in
            row.append(Int32(clamping: bytes.count))
            row.append(UnsafeRawBufferPointer(bytes))
        }
    }

    func add(_ value: [UInt8]) {
        starts.append(row.count)
        guard type == PostgresType.bytea else { return refuse("bytes") }
        row.append(Int32(clamping: value.count))
        value.withUnsafeBytes { row.append($0) }
    }

    func add(_ value: ContentHash) {
        starts.append(row.count)
        guard type == PostgresType.bytea else { return refuse("bytes") }
        row.append(Int32(ContentHash.byteCount))
        value.withUnsafeBytes { row.append($0) }
    }

    func endRow() throws {
        if let failure { throw failure }
        guard starts.count == types.count else {
            throw MartletError(
                .database, "A row of \(starts.count) values was given for \(types.count) columns of \(table).")
        }
        starts.append(row.count)
        // A record has its number of fields and for each its type beside the value.
        let given = row.count + 4 * types.count
        let missing = 8 * (places.count - types.count)
        array.append(Int32(clamping: 4 + given + missing))
        array.append(Int32(truncatingIfNeeded: places.count))
        for (field, place) in places.enumerated() {
            array.append(shape.columns[field].type)
            guard let place else {
                array.append(Int32(-1))
                continue
            }
            row.withUnsafeBytes {
                array.append(UnsafeRawBufferPointer(rebasing: $0[starts[place]..<starts[place + 1]]))
            }
        }
        starts.removeAll(keepingCapacity: true)
        row.truncate(to: 0)
        rows += 1
        portionRows += 1
        if array.count >= Self.portionBytes || portionRows >= Self.portionRows { try send() }
    }

    @discardableResult
    func finish() throws -> Int {
        guard open else { return rows }
        open = false
        try send()
        return rows
    }

    /// The type of the value that was begun last.
    private var type: UInt32 { starts.count <= types.count ? types[starts.count - 1] : 0 }

    private func narrowed<Number: FixedWidthInteger>(_ value: Int64) -> Number {
        guard let number = Number(exactly: value) else {
            refuse("a number of this size")
            return 0
        }
        return number
    }

    /// The schema and the code disagree, or a counter has left the range of its column.
    private func refuse(_ what: String) {
        guard failure == nil else { return }
        let column = zip(places, shape.columns).first { $0.0 == starts.count - 1 }?.1.name ?? "?"
        failure = MartletError(.database, "The column \(column) of \(table) does not take \(what).")
    }

    private func beginArray() {
        array.truncate(to: 0)
        array.append(Int32(1))
        array.append(Int32(0))
        array.append(shape.rowType)
        array.append(Int32(0))
        array.append(Int32(1))
        portionRows = 0
    }

    private func send() throws {
        guard portionRows > 0 else { return }
        array.replace(Int32(truncatingIfNeeded: portionRows), at: Self.headerCount - 8)
        let count = portionRows
        try array.withUnsafeBytes { try connection.insert(sql, $0, rows: count, table: table) }
        beginArray()
    }
}
