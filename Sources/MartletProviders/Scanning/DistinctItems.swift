import MartletCore

/// Of the items of a collector the last one for each value at some paths: all that indexes by these paths are made of,
/// however many items there are.
struct DistinctItems {
    private struct Kept {
        var item: JSONValue
        var bytes: Int
        /// How many values it is the last of.
        var uses: Int
    }

    private let paths: [FieldPath]
    /// The numbers of the items that are kept, by path and value as an index has it.
    private var last: [[String: Int]]
    private var kept: [Int: Kept] = [:]
    private var next = 0

    init(_ paths: Set<FieldPath>) {
        self.paths = paths.sorted { $0.description < $1.description }
        last = self.paths.map { _ in [:] }
    }

    /// Takes an item of a size. Gives how many bytes more are kept now, which may be fewer.
    mutating func add(_ item: JSONValue, bytes: Int) -> Int {
        let number = next
        next += 1
        var uses = 0
        var change = 0
        for (place, path) in paths.enumerated() {
            guard let value = path.value(in: item)?.stringValue?.lowercased() else { continue }
            uses += 1
            if let old = last[place].updateValue(number, forKey: value) { change -= release(old) }
        }
        guard uses > 0 else { return change }
        kept[number] = Kept(item: item, bytes: bytes, uses: uses)
        return change + bytes
    }

    /// What is kept, in the order in which it came.
    var items: [JSONValue] { kept.sorted { $0.key < $1.key }.map(\.value.item) }

    /// An item is no longer the last of one of its values; gives the bytes that this sets free.
    private mutating func release(_ number: Int) -> Int {
        guard var item = kept[number] else { return 0 }
        item.uses -= 1
        kept[number] = item.uses > 0 ? item : nil
        return item.uses > 0 ? 0 : item.bytes
    }
}
