import CSimdJSON
import MartletCore

/// Which column of a table is which.
struct CSVHeader {
    let separator: UInt8
    /// How many columns each row has.
    let width: Int
    // The position of each column; nil for those the file lacks.
    private let positions: [CSVColumn: Int]

    /// More columns than any table of findings has.
    static let maximumWidth = 4096

    func position(of column: CSVColumn) -> Int? { positions[column] }

    /// Reads the first record of a table.
    ///
    /// - Throws: ``MartletError`` (`invalid_input`) that names the columns that are missing or stand twice.
    static func read(_ splitter: Splitter, from source: any ByteSource, separator: UInt8, name: String) throws
        -> CSVHeader
    {
        while true {
            switch splitter.next() {
            case .needsMore: try splitter.fill(from: source, atLeast: 256 << 10)
            case .item(let item): return try CSVHeader(item, separator: separator, name: name)
            case .oversized, .end, .broken: throw invalid("the table's header cannot be read", name)
            }
        }
    }

    private init(_ item: Splitter.Item, separator: UInt8, name: String) throws {
        var fields = [martlet_record_field](repeating: martlet_record_field(), count: Self.maximumWidth)
        var count = 0
        let result = martlet_record_split(item.bytes, item.length, separator, &fields, fields.count, &count)
        guard result == Int32(MARTLET_RECORD_OK) else { throw Self.invalid("the table's header is malformed", name) }
        var positions: [CSVColumn: Int] = [:]
        for (position, field) in fields[..<count].enumerated() {
            let text = String(decoding: UnsafeBufferPointer(start: field.bytes, count: field.length), as: UTF8.self)
            guard let column = CSVColumn(header: text) else { continue }
            if positions.updateValue(position, forKey: column) != nil {
                throw Self.invalid("the column \(column.rawValue) stands more than once", name)
            }
        }
        let missing = CSVColumn.required.filter { positions[$0] == nil }.map(\.rawValue)
        guard missing.isEmpty else {
            let what = missing.count == 1 ? "column is" : "columns are"
            throw Self.invalid("the \(what) missing: \(missing.joined(separator: ", "))", name)
        }
        self.separator = separator
        self.width = count
        self.positions = positions
    }

    private static func invalid(_ message: String, _ name: String) -> MartletError {
        MartletError(.invalidInput, message, place: Place(file: name).appending("line 1"))
    }
}
