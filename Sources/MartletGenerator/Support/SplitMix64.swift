/// A tiny pseudo-random generator whose numbers are the same on every machine and in every version of Swift.
///
/// The recurrence is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). It
/// serves test data only, never secrets.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The same seed gives the same numbers.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// An index in `0 ..< count`; 0 when `count` isn't positive.
    mutating func index(below count: Int) -> Int { Self.index(next(), below: count) }

    /// Maps a hash to `0 ..< count` by multiplication; 0 when `count` isn't positive.
    static func index(_ hash: UInt64, below count: Int) -> Int {
        count > 0 ? Int(UInt64(count).multipliedFullWidth(by: hash).high) : 0
    }

    /// Maps a hash to `0 ..< 1`.
    static func share(_ hash: UInt64) -> Double { Double(hash >> 11) * 0x1p-53 }

    /// A hash of several numbers, so that any value can be computed without drawing all that came before it.
    static func hash(_ first: UInt64, _ second: UInt64, _ third: UInt64 = 0) -> UInt64 {
        mix(mix(mix(first &+ 0x9E37_79B9_7F4A_7C15) ^ second) &+ third &* 0xD1B5_4A32_D192_ED03)
    }

    /// A hash of a text's UTF-8 bytes (FNV-1a, then mixed).
    static func hash(_ text: String) -> UInt64 {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mix(value)
    }

    private static func mix(_ input: UInt64) -> UInt64 {
        var value = input
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
