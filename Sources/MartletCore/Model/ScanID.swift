/// Makes identifiers of scans: UUIDs of version 7 (RFC 9562), so that they sort by time.
public enum ScanID {
    /// A new identifier for a moment, 36 lower-case characters.
    public static func make(at time: Timestamp) -> String {
        var generator = SystemRandomNumberGenerator()
        let high = UInt64(bitPattern: time.milliseconds) << 16 | 0x7000 | (generator.next() & 0x0fff)
        let low = 0x8000_0000_0000_0000 | (generator.next() >> 2)
        let digits = hex(high) + hex(low)
        let characters = Array(digits)
        let ends = [8, 12, 16, 20, 32]
        var parts: [String] = []
        var start = 0
        for end in ends {
            parts.append(String(characters[start..<end]))
            start = end
        }
        return parts.joined(separator: "-")
    }

    private static func hex(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
