import MartletCore

extension StoreReader {
    /// A page of a list by number: the rows from `offset` on.
    ///
    /// - Parameters:
    ///   - scan: Read the posture of this scan; nil for what is published.
    ///   - cursor: Where the page before ended; then `offset` counts from there.
    ///   - offset: At most ``FindingCount/limit``.
    ///   - limit: Rows at most, 1 to ``maximumPageRows``.
    /// - Throws: ``MartletError`` (`limit`) where an order or an offset would have to read too much.
    public func findingPage(
        _ filter: FindingFilter, order: FindingOrder, at scan: String? = nil, after cursor: FindingCursor? = nil,
        offset: Int = 0, limit: Int
    ) throws -> FindingPage {
        guard 0...Int(FindingCount.limit) ~= offset else {
            throw MartletError(.limit, "Pages by number end at \(FindingCount.limit) rows; go on by page[after].")
        }
        let limit = min(max(limit, 1), Self.maximumPageRows)
        var listing = try FindingListing(
            filter, try views(filter.accounts, at: scan), after: cursor?.position, pageRows: offset + limit + 1,
            order: order, tenant: tenant, connection)
        defer { listing.close() }
        let (rows, hasMore) = try listing.page(offset: offset, limit: limit)
        let next = hasMore ? rows.last.map { FindingCursor($0.position) } : nil
        return FindingPage(rows: rows.map(\.row), next: next)
    }

    /// The findings of some identities, at what is published or at a scan; what does not hold there is left out.
    public func findings(
        identified fingerprints: Set<ContentHash>, of accounts: Set<Int64>?, at scan: String? = nil
    ) throws -> [FindingRow] {
        var filter = FindingFilter()
        filter.accounts.numbers = accounts
        filter.fingerprints = fingerprints
        return try findingPage(filter, order: FindingOrder(), at: scan, limit: Self.maximumPageRows).rows
    }
}
