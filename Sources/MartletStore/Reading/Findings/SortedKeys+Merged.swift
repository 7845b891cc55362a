import MartletCore

extension SortedKeys {
    /// Keys of accounts of which some are read at a past generation: each of those by a statement of its own, all others by
    /// one, merged in the order of listings.
    ///
    /// - Parameter limit: Keys at most.
    static func merged(
        _ views: [StoreReader.View], _ states: FindingStates, filter: FindingFilter, after position: FindingPosition?,
        limit: Int, _ connection: any Connection
    ) throws -> ArrayKeys {
        var found: [FindingKey] = []
        // Nothing behind it is sure to be whole.
        var end: FindingPosition?
        let current = views.filter(\.isCurrent)
        let parts = (current.isEmpty ? [] : [current]) + views.filter { !$0.isCurrent }.map { [$0] }
        for part in parts {
            let isCurrent = part[0].isCurrent
            let keys = try SortedKeys(
                part, { states.condition(current: isCurrent, generation: $0) }, filter: filter, after: position,
                limit: limit, connection)
            defer { keys.close() }
            while let next = try keys.next(limit) { found += next }
            if keys.wasCut, let last = keys.position { end = end.map { min($0, last) } ?? last }
            if let bound = end { found.removeAll { bound < $0.position } }
            found.sort { $0.position < $1.position }
            if found.count > limit {
                found.removeLast(found.count - limit)
                end = found[limit - 1].position
            }
        }
        return ArrayKeys(found, decidesStates: true, end: end)
    }
}
