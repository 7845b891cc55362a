import MartletCore

extension StoreReader {
    /// Rows that a page has at most.
    public static let maximumPageRows = 1_000

    /// What one page may read: keys of findings, rows counting for several.
    static let pageCost = 10_000
    /// Ranges of the index that one page may read.
    private static let pageQueries = 64
    /// Rows read at once where there is no page.
    private static let streamRows = 1_000

    /// Findings of the published postures, or of the scan `at`: FAIL first, then by severity descending, account (in the
    /// order in which accounts came into the store) and fingerprint, so that findings of a check stay together. Rows are
    /// given one at a time.
    ///
    /// - Returns: Where the list goes on, if `limit` has cut it.
    @discardableResult
    public func findings(
        _ filter: FindingFilter, at scan: String? = nil, after cursor: FindingCursor? = nil, limit: Int? = nil,
        _ body: (FindingRow) throws -> Void
    ) throws -> FindingCursor? {
        var left = max(limit ?? .max, 0)
        var last = cursor?.position
        var listing = try FindingListing(
            filter, try views(filter.accounts, at: scan), after: cursor?.position, pageRows: nil, tenant: tenant,
            connection)
        defer { listing.close() }
        // One more than wanted tells whether the list goes on.
        while let rows = try listing.next(min(left, Self.streamRows - 1) + 1) {
            for (position, row) in rows {
                guard left > 0 else { return last.map(FindingCursor.init) }
                try body(row)
                last = position
                left -= 1
            }
        }
        return nil
    }

    /// A page of the same list.
    ///
    /// What a page costs does not depend on how many findings there are: where texts or names decide and few rows match,
    /// a page ends early and says that more may follow.
    ///
    /// - Parameters:
    ///   - cursor: ``FindingPage/next`` of the page before; nil for the first page.
    ///   - limit: Rows of the page at most, 1 to ``maximumPageRows``; other numbers count as the nearest of these.
    ///   - order: By status and severity.
    public func findings(
        _ filter: FindingFilter, at scan: String? = nil, after cursor: FindingCursor?, limit: Int,
        order: FindingOrder = FindingOrder()
    ) throws -> FindingPage {
        let limit = min(max(limit, 1), Self.maximumPageRows)
        var page = FindingPage(rows: [], next: nil)
        var listing = try FindingListing(
            filter, try views(filter.accounts, at: scan), after: cursor?.position, pageRows: limit + 1,
            order: order, tenant: tenant, connection)
        defer { listing.close() }
        var last: FindingPosition?
        while listing.cost < Self.pageCost, listing.queries < Self.pageQueries {
            guard let rows = try listing.next(limit + 1 - page.rows.count) else {
                page.next = listing.wasCut ? listing.position.map(FindingCursor.init) : nil
                return page
            }
            for (position, row) in rows {
                guard page.rows.count < limit else {
                    page.next = last.map(FindingCursor.init)
                    return page
                }
                page.rows.append(row)
                last = position
            }
        }
        page.next = listing.position.map(FindingCursor.init)
        return page
    }
}
