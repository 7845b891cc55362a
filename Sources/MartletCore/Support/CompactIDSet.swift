/// A set of non-negative 64-bit ids in one flat array: 11 to 21 bytes an id, so that a million ids stay near 16 MB.
public struct CompactIDSet: Sendable {
    private var slots: [Int64]
    /// The number of ids in the set.
    public private(set) var count = 0

    private static let empty: Int64 = -1

    /// An empty set; half a kilobyte.
    public init() { slots = Array(repeating: Self.empty, count: 64) }

    /// Whether the id is in the set.
    public func contains(_ id: Int64) -> Bool { id >= 0 && slots[slot(of: id)] == id }

    /// Adds an id, which must not be negative; false when it was there already.
    @discardableResult
    public mutating func insert(_ id: Int64) -> Bool {
        guard id >= 0 else { return false }
        let index = slot(of: id)
        guard slots[index] != id else { return false }
        slots[index] = id
        count += 1
        if count * 4 > slots.count * 3 { grow() }
        return true
    }

    /// Every id, in no particular order.
    public func forEach(_ body: (Int64) throws -> Void) rethrows {
        for id in slots where id != Self.empty { try body(id) }
    }

    /// The id's slot, or the free one where it would go.
    private func slot(of id: Int64) -> Int {
        let mask = slots.count - 1
        // Fibonacci hashing spreads ids that follow one another.
        var index = Int(truncatingIfNeeded: UInt64(bitPattern: id) &* 0x9E37_79B9_7F4A_7C15 >> 20) & mask
        while slots[index] != id, slots[index] != Self.empty { index = (index + 1) & mask }
        return index
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Self.empty, count: old.count * 2)
        for id in old where id != Self.empty { slots[slot(of: id)] = id }
    }
}
