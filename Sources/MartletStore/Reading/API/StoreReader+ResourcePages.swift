import MartletCore

extension StoreReader {
    /// Rows that one page of resources may read where tags decide.
    private static let resourceCost = 50_000

    /// A part of a list of resources.
    ///
    /// - Parameters:
    ///   - scan: Read the posture of this scan; nil for what is published.
    ///   - last: The last resource of the page before, where no order was asked for; nil for the beginning.
    ///   - offset: Rows to leave out, at most ``FindingCount/limit``.
    ///   - limit: Rows at most, 1 to ``maximumPageRows``.
    /// - Returns: The rows, and where the list goes on, if it does. Where tags decide, a page may have fewer rows than asked
    ///   for, even none, and yet go on.
    public func resourcePage(
        _ query: ResourceQuery, at scan: String? = nil, after last: ResourceNumber? = nil, offset: Int = 0, limit: Int,
        _ cache: PostureCache
    ) throws -> (rows: [ResourceDetail], next: ResourceNumber?) {
        guard 0...Int(FindingCount.limit) ~= offset else {
            throw MartletError(.limit, "Pages by number end at \(FindingCount.limit) rows; go on by page[after].")
        }
        let views = try views(query.accounts, at: scan)
        guard !views.isEmpty else { return ([], nil) }
        let byNumber = Dictionary(views.map { ($0.id.account, $0) }) { first, _ in first }
        let limit = min(max(limit, 1), Self.maximumPageRows)
        let parts = try resourceConditions(query, views, after: last)
        let order = query.order.map { "\(Self.column($0.key)) \($0.isDescending ? "DESC" : "ASC")" }
        let sorted = (order + ["r.account", "r.resource"]).joined(separator: ", ")
        let bounds =
            query.isNarrow ? "LIMIT \(Self.resourceCost)" : "LIMIT \(limit + 1) OFFSET \(offset)"
        let cursor = try connection.cursor(
            """
            SELECT r.uid, r.name, r.type, r.service, r.region, r.partition_name, r.data, r.tags, r.resource,
                r.first_seen_at, r.updated_at, r.account
            FROM resources r JOIN accounts a ON a.tenant = $1 AND a.id = r.account
            WHERE r.tenant = $1 AND \(parts.text) ORDER BY \(sorted) \(bounds)
            """, parts.values)
        defer { cursor.close() }
        var rows: [ResourceDetail] = []
        var passed = 0
        var read = 0
        var last: ResourceNumber?
        while rows.count <= limit, let row = try cursor.next() {
            read += 1
            last = ResourceNumber(account: row.int(11), resource: row.int(8))
            guard let view = byNumber[row.int(11)] else { continue }
            let resource = Resources.observation(row, from: 0)
            guard query.matches(resource.tags) else { continue }
            passed += 1
            guard !query.isNarrow || passed > offset else { continue }
            rows.append(
                ResourceDetail(
                    number: ResourceNumber(account: row.int(11), resource: row.int(8)),
                    row: ResourceRow(
                        account: view.key, resource: resource, failedFindings: 0, findings: 0,
                        firstSeenAt: row.time(9), updatedAt: row.time(10))))
        }
        let isCut = query.isNarrow && read == Self.resourceCost
        let next = rows.count > limit ? rows[limit - 1].number : isCut ? last : nil
        rows = Array(rows.prefix(limit))
        try addCounts(&rows, byNumber, cache)
        return (rows, next)
    }

    private func addCounts(_ rows: inout [ResourceDetail], _ views: [Int64: View], _ cache: PostureCache) throws {
        for (account, places) in Dictionary(grouping: rows.indices, by: { rows[$0].number.account }) {
            guard let view = views[account] else { continue }
            let counts = try resourceCounts(view, cache)
            let corrections = try view.mutesAsOf.map { try failedThen(view, asOf: $0) } ?? [:]
            for place in places {
                let resource = rows[place].number.resource
                let (failed, all) = counts.counts(of: resource)
                rows[place].row.failedFindings = failed + (corrections[resource] ?? 0)
                rows[place].row.findings = all
            }
        }
    }

    /// By how much resources had more unmuted FAIL findings before mutes were changed after a number.
    private func failedThen(_ view: View, asOf number: Int64) throws -> [Int64: Int64] {
        var corrections: [Int64: Int64] = [:]
        var last: ContentHash?
        try connection.query(
            """
            SELECT c.fingerprint, c.mute, m.mute, f.resource FROM mute_changes c
            JOIN findings f ON f.tenant = $1 AND f.account = $2 AND f.fingerprint = c.fingerprint AND f.opened_in <= $3
                AND (f.closed_in IS NULL OR f.closed_in > $3) AND f.status = 0 AND f.muted = 0
            LEFT JOIN finding_mutes m ON m.tenant = $1 AND m.account = $2 AND m.fingerprint = c.fingerprint
                AND m.opened_in <= $3 AND (m.closed_in IS NULL OR m.closed_in > $3)
            WHERE c.tenant = $1 AND c.account = $2 AND c.generation = $3 AND c.number > $4
            ORDER BY c.fingerprint, c.number
            """, view.id.values + [.int(view.generation), .int(number)]
        ) { row in
            // The first change after the number replaced what was shown up to it.
            guard row.hash(0) != last else { return }
            last = row.hash(0)
            let change: Int64 = (row.isNull(1) ? 1 : 0) - (row.isNull(2) ? 1 : 0)
            corrections[row.int(3), default: 0] += change
        }
        return corrections
    }

    /// How many resources a query finds. Where only accounts are asked for their publishes tell; all else is counted up to
    /// ``FindingCount/limit``.
    public func resourceCount(_ query: ResourceQuery, at scan: String? = nil) throws -> FindingCount {
        let views = try views(query.accounts, at: scan)
        guard !views.isEmpty else { return FindingCount(count: 0, isExact: true) }
        if query.hasAccountsOnly, views.allSatisfy(\.isCurrent) {
            return FindingCount(count: try heldResources(views), isExact: true)
        }
        let parts = try resourceConditions(query, views, after: nil)
        let from =
            "resources r JOIN accounts a ON a.tenant = $1 AND a.id = r.account WHERE r.tenant = $1 AND \(parts.text)"
        guard query.isNarrow else {
            let count =
                try connection.first(
                    "SELECT COUNT(*) FROM (SELECT 1 AS one FROM \(from) LIMIT \(FindingCount.limit + 1)) q",
                    parts.values
                ) { $0.int(0) } ?? 0
            return FindingCount(count: min(count, FindingCount.limit), isExact: count <= FindingCount.limit)
        }
        var count: Int64 = 0
        var read = 0
        try connection.query("SELECT r.tags FROM \(from) LIMIT \(Self.resourceCost)", parts.values) { row in
            read += 1
            if query.matches(TagText.decode(row.text(0))) { count += 1 }
        }
        return FindingCount(
            count: min(count, FindingCount.limit), isExact: read < Self.resourceCost && count <= FindingCount.limit)
    }

    /// How many resources the published postures of accounts have.
    private func heldResources(_ views: [View]) throws -> Int64 {
        let wanted = Set(views.map(\.id.account))
        var count: Int64 = 0
        try connection.query("SELECT id, held_resources FROM accounts WHERE tenant = $1", [.int(tenant)]) { row in
            if wanted.contains(row.int(0)) { count += row.int(1) }
        }
        return count
    }

    private static func column(_ order: ResourceQuery.Order) -> String {
        switch order {
        case .accountUID: "a.uid"
        case .uid: "r.uid"
        case .name: "r.name"
        case .region: "r.region"
        case .service: "r.service"
        case .type: "r.type"
        case .firstSeen: "r.first_seen_at"
        case .updated: "r.updated_at"
        }
    }
}
