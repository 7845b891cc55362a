import MartletCore

extension ResourceObservation {
    /// The one value of two statements about a resource: the smallest non-empty value of each attribute, by bytes, and
    /// the union of tags (design.md, section 2).
    static func merge(_ left: ResourceObservation, _ right: ResourceObservation) -> ResourceObservation {
        ResourceObservation(
            uid: left.uid, name: smallest(left.name, right.name), type: smallest(left.type, right.type),
            service: smallest(left.service, right.service), region: smallest(left.region, right.region),
            partition: smallest(left.partition, right.partition), data: smallest(left.data, right.data),
            tags: union(left.tags, right.tags))
    }

    /// The hash by which "unchanged" is one comparison.
    func content(_ hasher: inout ContentHasher) -> ContentHash {
        hasher.add(uid)
        hasher.add(name)
        hasher.add(type)
        hasher.add(service)
        hasher.add(region)
        hasher.add(partition)
        hasher.add(data)
        for tag in tags {
            hasher.add(tag.key)
            hasher.add(tag.value)
        }
        return hasher.finish()
    }

    private static func smallest(_ left: String, _ right: String) -> String {
        if left.isEmpty { return right }
        if right.isEmpty { return left }
        return right.utf8.lexicographicallyPrecedes(left.utf8) ? right : left
    }

    private static func union(_ left: [Tag], _ right: [Tag]) -> [Tag] {
        if left == right { return left }
        return Set(left).union(right).sorted()
    }
}
