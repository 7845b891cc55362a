/// Writes TZif files for tests.
struct TZifFile {
    var version = UInt8(ascii: "2")
    var changes: [Int64] = [1_000_000, 2_000_000]
    var types: [UInt8] = [1, 0]
    /// Offsets in seconds.
    var offsets: [Int32] = [3600, 7200]
    var footer = "CET-1CEST,M3.5.0,M10.5.0/3"
    var leapSeconds = 0
    /// What the header claims; nil where it tells the truth.
    var claimedChanges: Int32?

    var bytes: [UInt8] { block(empty: true) + block(empty: false) + [0x0A] + Array(footer.utf8) + [0x0A] }

    private func block(empty: Bool) -> [UInt8] {
        var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
        let claimed = claimedChanges ?? Int32(changes.count)
        let counts: [Int32] =
            empty ? [0, 0, 0, 0, 1, 4] : [0, 0, Int32(leapSeconds), claimed, Int32(offsets.count), 4]
        for count in counts { bytes += Self.bigEndian(count) }
        if !empty { for change in changes { bytes += Self.bigEndian(change) } }
        if !empty { bytes += types }
        for offset in empty ? [0] : offsets { bytes += Self.bigEndian(offset) + [0, 0] }
        bytes += Array("ABC\0".utf8)
        if !empty { bytes += [UInt8](repeating: 0, count: leapSeconds * 12) }
        return bytes
    }

    private static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
