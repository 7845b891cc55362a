/// A place in the source of an expression.
public struct CELPlace: Sendable, Hashable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// The column in code points, from 1.
    public let column: Int
    /// The number of bytes of UTF-8 before it.
    public let offset: Int

    /// The place of a byte in a source.
    init(offset: Int, in source: [UInt8]) {
        let offset = min(max(offset, 0), source.count)
        var line = 1
        var column = 1
        for byte in source.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.line = line
        self.column = column
        self.offset = offset
    }

    /// `line 1, column 5`.
    public var description: String { "line \(line), column \(column)" }
}
