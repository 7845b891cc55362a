import MartletCore

extension StoreReader {
    /// Keys of findings that a count may read, rows counting for several.
    private static let countCost = 50_000
    private static let countQueries = 100

    /// How many findings a list has. Where only account, status, severity and mute are asked for, the summaries tell
    /// exactly; all else is counted exactly up to ``FindingCount/limit``.
    public func findingCount(_ filter: FindingFilter, at scan: String? = nil) throws -> FindingCount {
        let views = try views(filter.accounts, at: scan)
        if filter.isSummarised { return FindingCount(count: try summarised(filter, views), isExact: true) }
        var listing = try FindingListing(
            filter, views, after: nil, pageRows: Int(FindingCount.limit) + 1, tenant: tenant, connection)
        defer { listing.close() }
        var count: Int64 = 0
        while count <= FindingCount.limit {
            guard listing.cost < Self.countCost, listing.queries < Self.countQueries else {
                return FindingCount(count: max(count - 1, 0), isExact: false)
            }
            guard let found = try listing.nextCount(2_000) else {
                return FindingCount(
                    count: listing.wasCut ? max(count - 1, 0) : count, isExact: !listing.wasCut)
            }
            count += Int64(found)
        }
        return FindingCount(count: FindingCount.limit, isExact: false)
    }

    private func summarised(_ filter: FindingFilter, _ views: [View]) throws -> Int64 {
        let single = views.count == 1 ? views.first : nil
        let generation = single == nil ? "a.published" : "$3"
        let wanted = Set(views.map(\.id.account))
        var count: Int64 = 0
        try connection.query(
            """
            SELECT p.account, p.status, p.severity, p.muted, p.findings
            FROM \(single == nil ? "accounts a JOIN postures p ON p.account = a.id" : "postures p")
            WHERE p.tenant = $1 AND \(single == nil ? "a.tenant = $1" : "p.account = $2")
            AND p.opened_in <= \(generation) AND (p.closed_in IS NULL OR p.closed_in > \(generation))
            """, [.int(tenant)] + (single.map { [.int($0.id.account), .int($0.generation)] } ?? [])
        ) { row in
            guard wanted.contains(row.int(0)), let status = Status(rawValue: Int(row.int(1))),
                let severity = Severity(rawValue: Int(row.int(2))),
                filter.statuses.isEmpty || filter.statuses.contains(status),
                filter.severities.isEmpty || filter.severities.contains(severity),
                filter.muted.map({ $0 == (row.int(3) != 0) }) ?? true
            else { return }
            count += row.int(4)
        }
        return count
    }
}

extension FindingFilter {
    /// The summaries of accounts tell how many findings there are.
    fileprivate var isSummarised: Bool {
        checks.isEmpty && checkNames == nil && updated == nil && services.isEmpty && regions.isEmpty
            && resources.isEmpty && tags.isEmpty && deltas.isEmpty
            && search == nil && fingerprints == nil && sourceUIDs == nil && resourceNumbers == nil
            && resourceUIDs.isEmpty && resourceNames.isEmpty && resourceTypes.isEmpty && categories.isEmpty
            && parts.isEmpty
    }
}
