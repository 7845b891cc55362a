import MartletCore

extension FindingListing {
    /// What a page by number, or a sort in memory, may read.
    static let maximumCost = 100_000
    /// Ranges of the index that it may read.
    static let maximumQueries = 1_000

    /// Refuses to go on where a list is too long for what is asked of it.
    private func requireAffordable(_ what: String) throws {
        guard cost < Self.maximumCost, queries < Self.maximumQueries else { throw Self.tooLong(what) }
    }

    private static func tooLong(_ what: String) -> MartletError {
        MartletError(
            .limit, "\(what) reaches \(FindingCount.limit) rows at most; narrow the filter, or read on by page[after].")
    }

    /// All keys of a filter in an order that no index has.
    static func sorted(
        _ filter: FindingFilter, _ views: [StoreReader.View], _ order: FindingOrder, tenant: Int64,
        _ connection: any Connection
    ) throws -> [FindingKey] {
        let limit = Int(FindingCount.limit)
        var listing = try FindingListing(
            filter, views, after: nil, pageRows: limit + 1, tenant: tenant, connection)
        defer { listing.close() }
        var found: [FindingKey] = []
        while let keys = try listing.nextKeys(2_000) {
            found += listing.needsRows ? try listing.matching(keys).map(\.key) : keys
            try listing.requireAffordable("This order")
            guard found.count <= limit else { throw tooLong("This order") }
        }
        guard !listing.wasCut else { throw tooLong("This order") }
        return try order.sorted(found, views, tenant: tenant, connection)
    }

    /// The findings from a place of the list on, at most `limit`, and whether there are more.
    mutating func page(
        offset: Int, limit: Int
    ) throws -> (rows: [(position: FindingPosition, row: FindingRow)], hasMore: Bool) {
        var passed = 0
        var rows: [(position: FindingPosition, row: FindingRow)] = []
        while rows.count <= limit {
            try requireAffordable("A page by number")
            guard let keys = try nextKeys(min(offset - passed + limit + 1 - rows.count, 2_000)) else { break }
            if needsRows {
                for (key, row) in try matching(keys) {
                    if passed < offset { passed += 1 } else { rows.append((key.position, row)) }
                }
            } else {
                let skipped = min(offset - passed, keys.count)
                passed += skipped
                let wanted = keys.dropFirst(skipped).prefix(limit + 1 - rows.count)
                rows += try matching(Array(wanted)).map { ($0.key.position, $0.row) }
            }
        }
        return (Array(rows.prefix(limit)), rows.count > limit)
    }
}

extension FindingOrder {
    /// Keys in this order.
    func sorted(
        _ keys: [FindingKey], _ views: [StoreReader.View], tenant: Int64, _ connection: any Connection
    ) throws -> [FindingKey] {
        var rank: [Int64: Int] = [:]
        if terms.contains(where: { $0.key == .check }) {
            let names = try Names.all(.check, tenant: tenant, connection)
            for (place, number) in names.sorted(by: { $0.value < $1.value }).map(\.key).enumerated() {
                rank[number] = place
            }
        }
        let observed = Dictionary(views.map { ($0.id.account, $0.observedAt) }) { first, _ in first }
        return keys.sorted { precedes($0, $1, rank: rank, observed: observed) }
    }
}
