/// Whole numbers one after the other, each in groups of 7 bits, the lowest first, with the high bit set on all but a
/// number's last.
struct PackedNumbers {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(_ value: Int64) { append(UInt64(bitPattern: value)) }

    /// Forgets the numbers and keeps their room.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Takes the number that begins at `place`; nil where there is none.
    static func take(_ bytes: [UInt8], _ place: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: 0 as UInt64, through: 63, by: 7) {
            guard place < bytes.count else { return nil }
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
