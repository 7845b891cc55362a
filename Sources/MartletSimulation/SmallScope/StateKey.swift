/// A fingerprint of a state, of 128 bits: two states of a search share one with a chance that can be neglected.
struct StateKey: Hashable {
    private var first: UInt64 = 0xCBF2_9CE4_8422_2325
    private var second: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func add(_ value: Int64) {
        let word = UInt64(bitPattern: value)
        first = Self.mix(first ^ word &* 0xFF51_AFD7_ED55_8CCD)
        second = Self.mix(second &+ word &* 0xC4CE_B9FE_1A85_EC53 ^ (second << 7))
    }

    mutating func add(_ value: Int) { add(Int64(value)) }
    mutating func add(_ value: Bool) { add(value ? 1 : 0 as Int64) }

    /// The key of both in either order.
    static func ofPair(_ one: StateKey, _ other: StateKey) -> (StateKey, StateKey) {
        (one.first, one.second) <= (other.first, other.second) ? (one, other) : (other, one)
    }

    mutating func add(_ other: StateKey) {
        add(Int64(bitPattern: other.first))
        add(Int64(bitPattern: other.second))
    }

    private static func mix(_ input: UInt64) -> UInt64 {
        var value = input
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
