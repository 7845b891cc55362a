import CSQLite

/// Rows of one table in memory, laid out so that binding them costs nothing but the calls.
struct RawRows {
    private struct Cell {
        var type: Int32
        /// An integer, the bits of a real, or where the bytes begin.
        var value: Int64
        var count: Int32
    }

    private let columns: Int
    private var cells: [Cell] = []
    private var bytes: [UInt8] = []

    init(columns: Int) { self.columns = columns }

    var count: Int { columns > 0 ? cells.count / columns : 0 }

    mutating func removeAll() {
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Takes in the statement's current row.
    mutating func append(_ statement: RawStatement) {
        let handle = statement.handle
        for column in 0..<Int32(columns) {
            let type = sqlite3_column_type(handle, column)
            switch type {
            case SQLITE_INTEGER:
                cells.append(Cell(type: type, value: sqlite3_column_int64(handle, column), count: 0))
            case SQLITE_FLOAT:
                let bits = sqlite3_column_double(handle, column).bitPattern
                cells.append(Cell(type: type, value: Int64(bitPattern: bits), count: 0))
            case SQLITE_TEXT, SQLITE_BLOB:
                let start = sqlite3_column_blob(handle, column)
                let count = sqlite3_column_bytes(handle, column)
                cells.append(Cell(type: type, value: Int64(bytes.count), count: count))
                bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: Int(count)))
            default: cells.append(Cell(type: type, value: 0, count: 0))
            }
        }
    }

    /// Sorts the rows by two columns of integers.
    mutating func sort(by first: Int, _ second: Int) {
        let order = (0..<count).sorted { left, right in
            let (left, right) = (left * columns, right * columns)
            return (cells[left + first].value, cells[left + second].value)
                < (cells[right + first].value, cells[right + second].value)
        }
        cells = order.flatMap { cells[$0 * columns..<($0 + 1) * columns] }
    }

    /// Runs the statement once for each row.
    func insert(by statement: RawStatement) throws {
        let handle = statement.handle
        try bytes.withUnsafeBytes { bytes in
            try cells.withUnsafeBufferPointer { cells in
                var index = 0
                while index < cells.count {
                    for column in 1...Int32(columns) {
                        Self.bind(cells[index], bytes, handle, column)
                        index += 1
                    }
                    _ = try statement.step()
                    sqlite3_reset(handle)
                }
            }
        }
        sqlite3_clear_bindings(handle)
    }

    /// The bytes stay where they are until the bindings are cleared, so SQLite need not copy them.
    @inline(__always)
    private static func bind(_ cell: Cell, _ bytes: UnsafeRawBufferPointer, _ handle: OpaquePointer, _ column: Int32) {
        switch cell.type {
        case SQLITE_INTEGER: sqlite3_bind_int64(handle, column, cell.value)
        case SQLITE_FLOAT:
            sqlite3_bind_double(handle, column, Double(bitPattern: UInt64(bitPattern: cell.value)))
        case SQLITE_TEXT:
            guard cell.count > 0, let base = bytes.baseAddress else {
                sqlite3_bind_text(handle, column, "", 0, nil)
                return
            }
            let text = (base + Int(cell.value)).assumingMemoryBound(to: CChar.self)
            sqlite3_bind_text(handle, column, text, cell.count, nil)
        case SQLITE_BLOB:
            guard cell.count > 0, let base = bytes.baseAddress else {
                sqlite3_bind_zeroblob(handle, column, 0)
                return
            }
            sqlite3_bind_blob(handle, column, base + Int(cell.value), cell.count, nil)
        default: sqlite3_bind_null(handle, column)
        }
    }
}
