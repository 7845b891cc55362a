/// A 16-byte BLAKE2b hash: the identity of a content or of a finding.
///
/// Made by ``ContentHasher``; stored in databases as its ``bytes``. The order is the order of the bytes, so that sorting
/// here and in a database agree.
public struct ContentHash: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Bytes 0 to 7, the first byte the most significant.
    public let high: UInt64
    /// Bytes 8 to 15, the first byte the most significant.
    public let low: UInt64

    /// The number of bytes of a hash.
    public static let byteCount = 16

    /// Puts a hash together from its two halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads the 16 bytes of a hash; nil for any other number of bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.init(high: high, low: low)
    }

    /// Reads 32 hexadecimal digits of either case; nil for anything else.
    public init?(hex: some StringProtocol) { self.init(hex: String(hex)) }

    /// Reads 32 hexadecimal digits of either case; nil for anything else.
    public init?(hex: String) {
        var hex = hex
        let halves = hex.withUTF8 { digits -> (UInt64, UInt64)? in
            guard digits.count == 2 * Self.byteCount else { return nil }
            var high: UInt64 = 0
            var low: UInt64 = 0
            for index in 0..<2 * Self.byteCount {
                guard let value = Self.hexValue(digits[index]) else { return nil }
                if index < 16 { high = high << 4 | value } else { low = low << 4 | value }
            }
            return (high, low)
        }
        guard let halves else { return nil }
        self.init(high: halves.0, low: halves.1)
    }

    /// The 16 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// 32 lower-case hexadecimal digits.
    public var hex: String {
        String(unsafeUninitializedCapacity: 2 * Self.byteCount) { buffer in
            withUnsafeBytes { bytes in
                for (index, byte) in bytes.enumerated() {
                    buffer[2 * index] = Self.hexDigit(byte >> 4)
                    buffer[2 * index + 1] = Self.hexDigit(byte & 15)
                }
            }
            return 2 * Self.byteCount
        }
    }

    /// The same as ``hex``.
    public var description: String { hex }

    /// Calls `body` with the 16 bytes, without an allocation; they are valid only inside.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let pair = (high.bigEndian, low.bigEndian)
        return try Swift.withUnsafeBytes(of: pair, body)
    }

    /// Half of the bytes are enough to spread what is itself a hash.
    public func hash(into hasher: inout Hasher) { hasher.combine(low) }

    /// The order of the bytes.
    public static func < (left: ContentHash, right: ContentHash) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }

    static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func hexValue(_ digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
