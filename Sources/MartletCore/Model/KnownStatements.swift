/// The statements behind findings that hold, by a keyed hash of what they say, so that a source need not read again what
/// it said before: about 50 bytes a statement.
///
/// A statement is known only if it alone made its finding's and its resource's published content, so that hearing it
/// again is the same as reading it again.
public struct KnownStatements: Sendable {
    /// What a known statement stands for, by the store's numbers; 24 bytes, because there may be millions.
    public struct Entry: Sendable, Hashable {
        /// The id of the finding's version that holds.
        public var finding: Int64
        /// The id of the resource's version that holds.
        public var resource: Int64
        private var packed: UInt64

        /// Which of the source's accounts, in the order in which they were added.
        public var account: Int32 { Int32(packed >> 54) }
        /// The check's number in the tenant.
        public var check: Int32 { Int32(packed >> 27 & Self.maximumNumber) }
        /// The number of the finding's set of regions in the tenant.
        public var regions: Int32 { Int32(packed & Self.maximumNumber) }

        private static let maximumNumber: UInt64 = 1 << 27 - 1

        /// What a known statement stands for; nil where a number is larger than an entry takes: accounts end at 1023, checks
        /// and sets of regions at 134,217,727.
        public init?(account: Int32, check: Int64, regions: Int64, finding: Int64, resource: Int64) {
            let largest = Int64(Self.maximumNumber)
            guard 0..<1024 ~= account, 0...largest ~= check, 0...largest ~= regions else { return nil }
            packed = UInt64(account) << 54 | UInt64(check) << 27 | UInt64(regions)
            self.finding = finding
            self.resource = resource
        }
    }

    /// Four words, secret to the store: who knew them could make statements that hash alike.
    public let key: [UInt64]

    private var hashes: [UInt64]
    private var places: [Int32]
    private var entries: [Entry] = []

    /// The number of words of a key.
    public static let keyLength = 4

    /// No statement yet. A key of another length than ``keyLength`` is filled up with zeros or cut.
    public init(key: [UInt64]) {
        self.key = Array((key + [0, 0, 0, 0]).prefix(Self.keyLength))
        hashes = Array(repeating: 0, count: 64)
        places = Array(repeating: 0, count: 64)
    }

    /// How many statements are known.
    public var count: Int { entries.count }

    /// What a statement stands for; nil when it is not known, and for 0.
    public subscript(hash: UInt64) -> Entry? {
        guard hash != 0 else { return nil }
        let slot = slot(of: hash)
        return hashes[slot] == hash ? entries[Int(places[slot])] : nil
    }

    /// Makes room for so many more, so that a large number does not grow in steps of copies.
    public mutating func reserve(_ count: Int) {
        let total = min(entries.count + max(count, 0), Int(Int32.max))
        entries.reserveCapacity(total)
        while total * 3 > hashes.count * 2 { grow(to: max(hashes.count * 2, Self.slots(for: total))) }
    }

    /// Adds a statement; 0 and one that is known already are ignored.
    public mutating func insert(_ hash: UInt64, _ entry: Entry) {
        guard hash != 0, entries.count < Int(Int32.max) else { return }
        let slot = slot(of: hash)
        guard hashes[slot] != hash else { return }
        hashes[slot] = hash
        places[slot] = Int32(entries.count)
        entries.append(entry)
        if entries.count * 3 > hashes.count * 2 { grow(to: hashes.count * 2) }
    }

    /// The statement's slot, or the free one where it would go. The hash is keyed, so its bits need no more mixing.
    private func slot(of hash: UInt64) -> Int {
        let mask = hashes.count - 1
        var index = Int(truncatingIfNeeded: hash >> 16) & mask
        while hashes[index] != hash, hashes[index] != 0 { index = (index + 1) & mask }
        return index
    }

    /// The smallest power of two of which so many fill two thirds at the most.
    private static func slots(for count: Int) -> Int {
        var slots = 64
        while count * 3 > slots * 2 { slots *= 2 }
        return slots
    }

    private mutating func grow(to count: Int) {
        let old = (hashes, places)
        hashes = Array(repeating: 0, count: count)
        places = Array(repeating: 0, count: count)
        for (hash, place) in zip(old.0, old.1) where hash != 0 {
            let slot = slot(of: hash)
            hashes[slot] = hash
            places[slot] = place
        }
    }
}
