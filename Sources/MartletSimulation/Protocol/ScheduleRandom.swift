/// Numbers that follow from a seed, the same on every machine (SplitMix64: Steele, Lea and Flood, 2014).
struct ScheduleRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number of a range, both ends included.
    mutating func of(_ range: ClosedRange<Int64>) -> Int64 {
        let count = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int64(count.multipliedFullWidth(by: next()).high)
    }

    /// A number from 0 to below `count`.
    mutating func index(_ count: Int) -> Int { Int(of(0...Int64(max(count, 1) - 1))) }

    /// True in so many of a thousand cases.
    mutating func chance(permille: Int64) -> Bool { permille > 0 && of(0...999) < permille }
}
