import MartletCore

/// Reads the findings of a filter in the listing's order, a bounded number at a time.
struct FindingListing {
    private let connection: any Connection
    private let filter: FindingFilter
    private let matcher: FindingMatcher
    private let views: [Int64: StoreReader.View]
    private let states: FindingStates
    private var conditions: FindingConditions
    private var names: FindingNames
    /// Nil when nothing can match.
    private let keys: (any FindingKeys)?
    /// What was read so far: a key counts 1, a row that was joined ``rowCost`` more.
    private(set) var cost = 0
    /// Queries of keys so far.
    private(set) var queries = 0

    private static let rowCost = 3
    /// Ranges of accounts and checks that are read one by one, in each of 15 kinds of status and severity; more are
    /// cheaper to filter.
    private static let maximumRanges = 4
    /// Keys of one query where rows fall through.
    private static let narrowCount = 500
    /// Findings of one scan beyond which walking through all is cheaper than sorting those.
    private static let sortedFindings = 10_000

    /// - Parameters:
    ///   - pageRows: Findings that are wanted at most, and one more; nil for all.
    ///   - order: One that no index has is sorted in memory and throws ``MartletError`` (`limit`) for a long list.
    init(
        _ filter: FindingFilter, _ views: [StoreReader.View], after position: FindingPosition?, pageRows: Int?,
        order: FindingOrder = FindingOrder(), tenant: Int64, _ connection: any Connection
    ) throws {
        self.connection = connection
        self.filter = filter
        let matcher = try FindingMatcher(filter)
        self.matcher = matcher
        let states = FindingStates(deltas: filter.deltas)
        self.states = states
        self.views = Dictionary(views.map { ($0.id.account, $0) }) { first, _ in first }
        let conditions = try FindingConditions(filter, matcher, tenant: tenant, connection)
        self.conditions = conditions
        names = FindingNames(tenant: tenant)
        let isCurrent = views.allSatisfy(\.isCurrent)
        if views.isEmpty || conditions.isImpossible {
            keys = nil
            return
        }
        let isListed = filter.fingerprints != nil || filter.resourceNumbers != nil
        if isListed, !states.includesGone {
            keys = ArrayKeys(try ListedKeys(filter, self.views, after: position, order, connection).keys)
            return
        }
        let isSorted =
            try states.includesGone || states.isOfScanOnly && (!isCurrent || !Self.isLarge(views, connection))
        if isSorted ? !order.isNatural : !order.isIndexed {
            let sorted = try Self.sorted(filter, views, order, tenant: tenant, connection)
            keys = ArrayKeys(Self.rest(sorted, after: position), decidesStates: true)
        } else if isSorted {
            let limit = pageRows.map { matcher.isNarrow || conditions.isNarrow ? Self.sortedFindings : $0 }
            keys =
                if isCurrent || views.count == 1 {
                    try SortedKeys(
                        views, { states.condition(current: isCurrent, generation: $0) }, filter: filter,
                        after: position, limit: limit, connection)
                } else {
                    try SortedKeys.merged(
                        views, states, filter: filter, after: position, limit: limit ?? Self.sortedFindings, connection)
                }
        } else {
            let ranges = try Self.ranges(filter, conditions, views, tenant: tenant, connection)
            let walk = FindingWalk(
                statuses: filter.statuses, severities: filter.severities, ranges: ranges, after: position, order: order)
            keys =
                if isCurrent {
                    WalkedKeys(
                        walk, published: self.views.mapValues(\.generation), tenant: tenant, after: position, connection
                    )
                } else {
                    try PastKeys(walk, views, tenant: tenant, after: position, connection)
                }
        }
    }

    /// What stands behind a position.
    private static func rest(_ keys: [FindingKey], after position: FindingPosition?) -> [FindingKey] {
        guard let position, let place = keys.firstIndex(where: { $0.position == position }) else { return keys }
        return Array(keys[(place + 1)...])
    }

    /// Whether the newest scans wrote so many findings that they are found soon among all.
    private static func isLarge(_ views: [StoreReader.View], _ connection: any Connection) throws -> Bool {
        guard views.count == 1, let view = views.first else { return false }
        let count = try connection.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 AS one FROM findings WHERE tenant = $1 AND account = $2 AND closed_in IS NULL
            AND opened_in = $3 LIMIT $4) q
            """, view.id.values + [.int(view.generation), .int(Int64(sortedFindings))]
        ) { $0.int(0) }
        return count ?? 0 >= sortedFindings
    }

    /// The fingerprints that may match, by account; nil where reading all accounts together is better.
    private static func ranges(
        _ filter: FindingFilter, _ conditions: FindingConditions, _ views: [StoreReader.View], tenant: Int64,
        _ connection: any Connection
    ) throws -> [Int64: [FindingWalk.Range]]? {
        if let checks = conditions.checkNames {
            let sources = try Names.all(.source, tenant: tenant, connection).values
            if checks.count * sources.count * views.count <= maximumRanges {
                return Dictionary(
                    views.map { view in
                        let prefixes = sources.flatMap { source in
                            checks.map { FindingIdentity(source: source, account: view.key).checkPrefix($0) }
                        }
                        let ranges = Set(prefixes).sorted().map { prefix in
                            ContentHash(high: prefix, low: 0)...ContentHash(high: prefix | 0xffff_ffff, low: .max)
                        }
                        return (view.id.account, ranges)
                    }
                ) { first, _ in first }
            }
        }
        guard !filter.accounts.isEmpty, views.count <= maximumRanges else { return nil }
        return Dictionary(views.map { ($0.id.account, [.first ... .last]) }) { first, _ in first }
    }

    /// Whether rows may be read that do not match.
    var isNarrow: Bool { matcher.isNarrow || conditions.isNarrow || !states.deltas.isEmpty }

    /// Where reading has come to; nil at the beginning.
    var position: FindingPosition? { keys?.position }

    /// After the end: there may be more than the limit of keys let through.
    var wasCut: Bool { keys?.wasCut ?? false }

    /// The next findings that match, about as many as wanted, perhaps none though more follow; nil after the last.
    mutating func next(_ count: Int) throws -> [(position: FindingPosition, row: FindingRow)]? {
        try nextKeys(count).map { try matching($0).map { ($0.position, $1) } }
    }

    /// Those of some keys whose findings match, with their rows.
    mutating func matching(_ candidates: [FindingKey]) throws -> [(key: FindingKey, row: FindingRow)] {
        cost += candidates.count * Self.rowCost
        let details = try FindingDetail.read(candidates, views, connection)
        try names.read(details.compactMap { $0 }, connection)
        let muted = try MutesThen.read(candidates, views, connection)
        var rows: [(key: FindingKey, row: FindingRow)] = []
        for (place, (key, detail)) in zip(candidates, details).enumerated() {
            guard var row = detail.map({ names.row($0) }) else { continue }
            muted.correct(&row, key, at: place)
            guard matcher.matches(row),
                filter.muted.map({ $0 == row.muted }) ?? true
            else { continue }
            rows.append((key, row))
        }
        return rows
    }

    /// How many of the next findings match; nil after the last. Rows are read only where numbers do not tell.
    mutating func nextCount(_ count: Int) throws -> Int? {
        guard needsRows else { return try nextKeys(count)?.count }
        return try next(count)?.count
    }

    /// Numbers alone do not tell whether a finding matches.
    var needsRows: Bool { matcher.isNarrow || filter.muted != nil }

    /// The next keys that numbers let pass.
    mutating func nextKeys(_ count: Int) throws -> [FindingKey]? {
        guard let found = try keys?.next(isNarrow ? max(count, Self.narrowCount) : count) else { return nil }
        cost += found.count
        queries += 1
        guard isNarrow else { return found }
        return try found.filter { key in
            guard let view = views[key.position.account] else { return false }
            guard keys?.decidesStates == true || states.matches(key, generation: view.generation) else { return false }
            return try conditions.match(key, view, connection)
        }
    }

    func close() { keys?.close() }
}
