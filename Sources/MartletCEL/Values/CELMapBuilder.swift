/// Collects the entries of a map.
struct CELMapBuilder {
    private(set) var keys: ContiguousArray<CELValue> = []
    private(set) var values: ContiguousArray<CELValue> = []
    private(set) var hashes: ContiguousArray<UInt32> = []
    private(set) var table: ContiguousArray<Int32> = []
    private(set) var weight = 1
    private(set) var failure: String?

    /// What became of an entry.
    enum Addition { case added, repeated, invalidKey }

    init() {}

    init(capacity: Int) {
        keys.reserveCapacity(capacity)
        values.reserveCapacity(capacity)
        hashes.reserveCapacity(capacity)
    }

    /// Adds an entry unless its key is there already.
    mutating func add(_ key: CELValue, _ value: CELValue) -> Addition {
        if case .double = key { return .invalidKey }
        guard let hash = CELMap.hash(key) else { return .invalidKey }
        guard CELMap.position(of: key, hash: hash, keys: keys, hashes: hashes, table: table) == nil else {
            return .repeated
        }
        append(key, hash: hash, value)
        return .added
    }

    private mutating func append(_ key: CELValue, hash: UInt32, _ value: CELValue) {
        keys.append(key)
        values.append(value)
        failure = failure ?? value.innerFailure
        hashes.append(hash)
        weight = weight.addingWeight(key.weight.addingWeight(value.weight))
        // A table is at most half full; a new one is made whenever the count has doubled.
        if table.isEmpty || hashes.count * 2 > table.count {
            table = CELMap.table(for: hashes)
        } else {
            var slot = Int(hash) & (table.count - 1)
            while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
            table[slot] = Int32(truncatingIfNeeded: hashes.count)
        }
    }
}
