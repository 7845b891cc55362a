/// A rendered text with numbered gaps, so that what repeats is copied as a block.
struct ByteTemplate: Sendable {
    /// Bytes up to and including a gap.
    private struct Segment: Sendable {
        var bytes: [UInt8]
        var gap: Int
    }

    private let segments: [Segment]
    private let tail: [UInt8]

    /// The text that stands for gap 0 to 63 in the source: one character of Unicode's private use area.
    static func marker(_ gap: Int) -> String {
        Unicode.Scalar(0xE000 + UInt32(truncatingIfNeeded: gap & 63)).map { String(Character($0)) } ?? ""
    }

    /// Cuts a UTF-8 text at its markers.
    init(_ source: [UInt8]) {
        var segments: [Segment] = []
        var start = 0
        var index = 0
        while index + 2 < source.count {
            // U+E000 to U+E03F are EE 80 80 to EE 80 BF in UTF-8.
            if source[index] == 0xEE, source[index + 1] == 0x80 {
                segments.append(Segment(bytes: Array(source[start..<index]), gap: Int(source[index + 2] & 63)))
                index += 3
                start = index
            } else {
                index += 1
            }
        }
        self.segments = segments
        tail = Array(source[start...])
    }

    /// Appends the text with its gaps filled; a gap without a value stays empty.
    func append(to output: inout [UInt8], values: [[UInt8]]) {
        for segment in segments {
            output.append(contentsOf: segment.bytes)
            if segment.gap < values.count { output.append(contentsOf: values[segment.gap]) }
        }
        output.append(contentsOf: tail)
    }
}
