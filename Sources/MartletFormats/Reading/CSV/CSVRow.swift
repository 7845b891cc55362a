import CSimdJSON
import MartletCore

/// One row of a table whose fields are looked up by column.
struct CSVRow {
    let header: CSVHeader
    let fields: UnsafeBufferPointer<martlet_record_field>

    /// The column's bytes; none when the file lacks the column.
    func bytes(_ column: CSVColumn) -> UnsafeBufferPointer<UInt8> {
        guard let position = header.position(of: column), position < fields.count else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return UnsafeBufferPointer(start: fields[position].bytes, count: fields[position].length)
    }

    /// The column's text, empty when the file lacks the column. The splitter has made sure that it is UTF-8.
    func text(_ column: CSVColumn) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// The column's text; a refusal when it is empty.
    func required(_ column: CSVColumn) throws(Refusal) -> String {
        let text = text(column)
        if text.isEmpty { throw Refusal(column.rawValue, "the column is empty") }
        return text
    }

    /// The most items a list may have, so that a row of separators does not become gigabytes of items.
    static let maximumItems = 100_000

    /// A list as Prowler joins it, without empty items.
    func list(_ column: CSVColumn) throws(Refusal) -> [String] {
        try Self.split(text(column), at: " | ", column)
    }

    /// The parts between separators, without empty ones; a refusal when there are too many.
    static func split(_ text: String, at separator: String, _ column: CSVColumn) throws(Refusal) -> [String] {
        var parts: [String] = []
        var rest = Substring(text).utf8
        let pattern = Array(separator.utf8)
        var part = rest.startIndex
        while let first = rest.first {
            if first == pattern[0], rest.starts(with: pattern) {
                if part < rest.startIndex { parts.append(String(text[part..<rest.startIndex])) }
                if parts.count >= maximumItems {
                    throw Refusal(column.rawValue, "the list has more than \(maximumItems) items")
                }
                rest = rest.dropFirst(pattern.count)
                part = rest.startIndex
            } else {
                rest = rest.dropFirst()
            }
        }
        if part < text.endIndex { parts.append(String(text[part...])) }
        return parts
    }
}
