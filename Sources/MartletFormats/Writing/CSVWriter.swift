/// Writes CSV as RFC 4180 has it: fields separated by commas, lines ended by CR LF, a field in quotation marks only where
/// it contains a comma, a quotation mark or a line break.
///
/// Values are never changed: one that begins with `=` stays so. Who opens the output in a spreadsheet must import it as
/// text.
public struct CSVWriter: Sendable {
    /// What has been written and not yet been taken.
    public private(set) var bytes: [UInt8] = []
    private var isLineStart = true

    /// A writer at the beginning of a line.
    public init() {}

    /// The number of bytes that have not been taken.
    public var count: Int { bytes.count }

    /// The bytes written since the last call; the writer goes on where it stands.
    public mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// The next field of the line.
    public mutating func field(_ text: String) {
        if !isLineStart { bytes.append(UInt8(ascii: ",")) }
        isLineStart = false
        var text = text
        text.withUTF8 { utf8 in
            guard utf8.contains(where: Self.needsQuotes) else { return bytes.append(contentsOf: utf8) }
            bytes.append(UInt8(ascii: "\""))
            for byte in utf8 {
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
    }

    /// Ends the line.
    public mutating func endLine() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
        isLineStart = true
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }
}
