/// One table on its way from a finished schema into an empty one, as bytes of binary COPY.
struct PostgresRawTable {
    let name: String
    let columns: [String]
    private let source: PostgresLink
    private let from: String
    private let target: PostgresLink
    private let to: String
    private var waiting: [UInt8] = []
    /// Rows that were written.
    private(set) var copied = 0

    /// - Parameters:
    ///   - from: Where the rows are read from: the table itself or a copy of it.
    ///   - to: The table's name with its schema.
    init(_ name: String, columns: [String], from: String, _ source: PostgresLink, to: String, _ target: PostgresLink) {
        self.name = name
        self.columns = columns
        self.source = source
        self.from = from
        self.target = target
        self.to = to
    }

    /// Takes rows into memory.
    mutating func read(_ rest: String = "") throws {
        let (bytes, rows) = try source.copy(from: "SELECT \(columns.joined(separator: ", ")) FROM \(from) \(rest)")
        waiting = rows > 0 ? bytes : []
    }

    /// Writes what was read.
    mutating func write() throws {
        guard !waiting.isEmpty else { return }
        copied += try target.copy(waiting, to: to, columns: columns)
        waiting = []
    }
}
