/// An immutable map that keeps the order in which its entries were given.
///
/// Keys are text, whole numbers or booleans. Numbers are the same key when they are equal, whatever their kind.
public final class CELMap: Sendable {
    /// The keys in their order.
    public let keys: ContiguousArray<CELValue>
    /// The values in the order of ``keys``.
    public let values: ContiguousArray<CELValue>
    /// What the whole map costs to walk through, in cells; see ``CELValue/weight``.
    public let weight: Int
    /// The first failure in it, however deep; nil when there is none.
    let failure: String?

    private let hashes: ContiguousArray<UInt32>
    /// Positions plus one by open addressing, 0 where there is none; empty for small maps, which are searched in order.
    private let table: ContiguousArray<Int32>

    /// Up to so many entries a search through all hashes is faster than a table.
    private static let smallCount = 8

    /// Makes a map; of entries with the same key the first counts. Nil when a key is of a kind that cannot be one.
    public convenience init?(_ entries: some Sequence<(CELValue, CELValue)>) {
        var builder = CELMapBuilder()
        for (key, value) in entries {
            guard builder.add(key, value) != .invalidKey else { return nil }
        }
        self.init(builder)
    }

    init(_ builder: CELMapBuilder) {
        keys = builder.keys
        values = builder.values
        hashes = builder.hashes
        table = builder.table
        weight = builder.weight
        failure = builder.failure
    }

    /// The empty map.
    public static let empty = CELMap(CELMapBuilder())

    /// The number of entries.
    public var count: Int { keys.count }

    /// What stands under a text key; nil when there is none.
    public subscript(_ key: String) -> CELValue? {
        position(of: key, hash: CELMap.hash(key)).map { values[$0] }
    }

    /// What stands under a key; nil when there is none, and for a value that cannot be a key.
    public subscript(_ key: CELValue) -> CELValue? {
        if case .string(let text) = key { return self[text] }
        guard let hash = CELMap.hash(key) else { return nil }
        return position(of: key, hash: hash).map { values[$0] }
    }

    /// The position of a text key whose hash is known.
    @inline(__always)
    func position(of key: String, hash: UInt32) -> Int? {
        guard !table.isEmpty else {
            for index in hashes.indices where hashes[index] == hash {
                if case .string(let text) = keys[index], text.isSameText(as: key) { return index }
            }
            return nil
        }
        let mask = table.count - 1
        var slot = Int(hash) & mask
        while table[slot] != 0 {
            let index = Int(table[slot]) - 1
            if hashes[index] == hash, case .string(let text) = keys[index], text.isSameText(as: key) { return index }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func position(of key: CELValue, hash: UInt32) -> Int? {
        CELMap.position(of: key, hash: hash, keys: keys, hashes: hashes, table: table)
    }

    static func position(
        of key: CELValue, hash: UInt32, keys: ContiguousArray<CELValue>, hashes: ContiguousArray<UInt32>,
        table: ContiguousArray<Int32>
    ) -> Int? {
        guard !table.isEmpty else {
            return hashes.indices.first { hashes[$0] == hash && keys[$0].isEqual(to: key) }
        }
        let mask = table.count - 1
        var slot = Int(hash) & mask
        while table[slot] != 0 {
            let index = Int(table[slot]) - 1
            if hashes[index] == hash, keys[index].isEqual(to: key) { return index }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// A table for some hashes; empty when there are so few that none is needed.
    static func table(for hashes: ContiguousArray<UInt32>) -> ContiguousArray<Int32> {
        guard hashes.count > smallCount else { return [] }
        var size = 32
        while size < hashes.count * 2 { size *= 2 }
        var table = ContiguousArray<Int32>(repeating: 0, count: size)
        for index in hashes.indices {
            var slot = Int(hashes[index]) & (size - 1)
            while table[slot] != 0 { slot = (slot + 1) & (size - 1) }
            table[slot] = Int32(truncatingIfNeeded: index + 1)
        }
        return table
    }

    /// The hash of a text key. Seeded anew in every process, so that keys cannot be made to collide.
    static func hash(_ text: String) -> UInt32 {
        var hasher = Hasher()
        // The text's own hash normalises first, which costs time and would be another equality.
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    /// The hash of a key; nil for a value that cannot be one. Fractions are allowed for lookups only: they find nothing.
    static func hash(_ key: CELValue) -> UInt32? {
        var hasher = Hasher()
        switch key {
        case .string(let text): return hash(text)
        case .bool(let flag): hasher.combine(flag)
        case .int(let number): hasher.combine(number)
        case .uint(let number): hasher.combine(Int64(bitPattern: number))
        case .double(let number):
            if let whole = Int64(exactly: number) {
                hasher.combine(whole)
            } else if let whole = UInt64(exactly: number) {
                hasher.combine(Int64(bitPattern: whole))
            } else {
                return nil
            }
        default: return nil
        }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }
}
