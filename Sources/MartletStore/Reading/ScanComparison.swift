import MartletCore

/// Compares two generations of one account, a bounded number of findings at a time.
///
/// What lies between two generations is found by the indexes of versions that hold (by `opened_in`) and of closed ones, so
/// it costs what has changed, not what there is.
struct ScanComparison {
    private let connection: any Connection
    private let earlier: Int64
    private let later: StoreReader.View
    private var names: FindingNames
    private var parts: [DiffPosition.Part]
    private var start: FindingPosition?
    private let pageRows: Int?
    private var keys: (any FindingKeys)?
    private var coverage: ComparisonCoverage?
    /// Keys that were read.
    private(set) var cost = 0
    /// Where reading has come to.
    private(set) var position: DiffPosition?

    /// Versions between the scans beyond which walking through all findings is cheaper than sorting those.
    private static let sortedFindings = 10_000
    /// Keys read at once where most do not differ.
    private static let narrowCount = 1_000

    /// - Parameter pageRows: Differences that are wanted at most; nil for all.
    init(
        earlier: Int64, later: StoreReader.View, after position: DiffPosition?, pageRows: Int?,
        _ connection: any Connection
    ) {
        self.connection = connection
        self.earlier = earlier
        self.later = later
        self.position = position
        self.pageRows = pageRows
        names = FindingNames(tenant: later.id.tenant)
        parts = DiffPosition.Part.allCases.filter { $0.rawValue >= position?.part.rawValue ?? 0 }
        start = position?.finding
    }

    /// The next differences, perhaps none though more follow; nil after the last.
    mutating func next(_ count: Int) throws -> [(position: DiffPosition, row: DiffRow)]? {
        guard let part = parts.first else { return nil }
        if part == .uncovered, keys == nil, try isCovered() {
            parts = []
            return nil
        }
        let reading = try keys ?? open(part)
        keys = reading
        let isNarrow = part != .opened || reading is WalkedKeys
        guard let found = try reading.next(isNarrow ? Self.narrowCount : count) else {
            if reading.wasCut { return [] }
            reading.close()
            keys = nil
            start = nil
            parts.removeFirst()
            return parts.isEmpty ? nil : []
        }
        cost += max(found.count, 1)
        let rows =
            switch part {
            case .opened: try opened(found.filter { $0.openedIn > earlier })
            case .gone: try gone(found)
            case .uncovered: try uncovered(found.filter { $0.openedIn <= earlier })
            }
        position = reading.position.map { DiffPosition(part: part, finding: $0) }
        return rows.map { (DiffPosition(part: part, finding: $0.key.position), $0.row) }
    }

    /// More follows than ``next(_:)`` gave, in another query.
    var wasCut: Bool { keys?.wasCut ?? false }

    func close() { keys?.close() }

    private func open(_ part: DiffPosition.Part) throws -> any FindingKeys {
        func sorted(_ limit: Int?, _ condition: @escaping (String) -> String) throws -> any FindingKeys {
            try SortedKeys(
                [later], condition, filter: FindingFilter(), after: start, limit: limit, number: earlier, connection)
        }
        func holds(_ generation: String) -> String {
            FindingStates(deltas: []).condition(current: later.isCurrent, generation: generation)
        }
        switch part {
        case .opened where try !later.isCurrent || opensFew():
            return try sorted(pageRows) { "\(holds($0)) AND f.opened_in > $9" }
        case .gone:
            // Those that hold again are left out later, so that more are read than wanted.
            return try sorted(pageRows.map { _ in Self.sortedFindings }) {
                "f.opened_in <= $9 AND f.closed_in > $9 AND f.closed_in <= \($0)"
            }
        case .uncovered where !later.isCurrent:
            return try sorted(pageRows.map { _ in Self.sortedFindings }) { "\(holds($0)) AND f.opened_in <= $9" }
        case .opened, .uncovered:
            let walk = FindingWalk(
                statuses: [], severities: [], ranges: [later.id.account: [.first ... .last]], after: start)
            return WalkedKeys(
                walk, published: [later.id.account: later.generation], tenant: later.id.tenant, after: start,
                connection)
        }
    }

    private func opensFew() throws -> Bool {
        let count = try connection.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 AS one FROM findings WHERE tenant = $1 AND account = $2 AND closed_in IS NULL
            AND opened_in > $3 AND opened_in <= $4 LIMIT $5) q
            """,
            later.id.values + [.int(earlier), .int(later.generation), .int(Int64(Self.sortedFindings))]
        ) { $0.int(0) }
        return count ?? 0 < Self.sortedFindings
    }

    // MARK: Rows

    private typealias Row = (key: FindingKey, row: DiffRow)

    private mutating func opened(_ keys: [FindingKey]) throws -> [Row] {
        let before = try versionsBefore(keys)
        let now = try details(keys.map(\.id), at: later)
        let muted = try MutesThen.read(keys, [later.id.account: later], connection)
        var rows: [Row] = []
        for (index, key) in keys.enumerated() {
            guard let detail = now[index] else { continue }
            var row = names.row(detail)
            muted.correct(&row, key, at: index)
            let old = before[index]
            // Changed and changed back in between.
            if old.holds, old.says(theSameAs: row) { continue }
            rows.append(
                (
                    key,
                    DiffRow(
                        kind: old.kind(of: row, detail.transition), finding: row,
                        statusBefore: old.holds ? old.status : nil, statusAfter: row.status)
                ))
        }
        return rows
    }

    private func versionsBefore(_ keys: [FindingKey]) throws -> [EarlierVersion] {
        var before = Array(repeating: EarlierVersion(), count: keys.count)
        let fingerprints = keys.map(\.position.fingerprint)
        try connection.lookUp(
            EarlierVersion.query, later.id.values + [.int(earlier)], keys: fingerprints
        ) { place, row in before[place] = EarlierVersion(row, generation: earlier) }
        // Retention may have removed what was before; the oldest version that is left has `returned` then.
        let unknown = before.indices.filter { !before[$0].wasKnown }
        try connection.lookUp(
            """
            SELECT delta FROM findings WHERE tenant = $1 AND account = $2 AND fingerprint = $3
            ORDER BY opened_in LIMIT 1
            """, later.id.values, keys: unknown.map { fingerprints[$0] }
        ) { place, row in before[unknown[place]].wasKnown = row.int(0) == Int64(Delta.returned.rawValue) }
        return before
    }

    private mutating func gone(_ keys: [FindingKey]) throws -> [Row] {
        var holding: Set<Int> = []
        try connection.lookUp(
            """
            SELECT id FROM findings WHERE tenant = $1 AND account = $2 AND fingerprint = $4
            AND opened_in <= $3 AND (closed_in IS NULL OR closed_in > $3) ORDER BY opened_in DESC LIMIT 1
            """, later.id.values + [.int(later.generation)], keys: keys.map(\.position.fingerprint)
        ) { place, _ in holding.insert(place) }
        let gone = keys.indices.filter { !holding.contains($0) }.map { keys[$0] }
        var view = later
        view.generation = earlier
        view.isCurrent = false
        return zip(gone, try details(gone.map(\.id), at: view)).compactMap { key, detail in
            guard let row = detail.map({ names.row($0) }) else { return nil }
            let kind: DiffRow.Kind = row.status == .fail ? .resolved : .gone
            return (key, DiffRow(kind: kind, finding: row, statusBefore: row.status, statusAfter: nil))
        }
    }

    private mutating func uncovered(_ keys: [FindingKey]) throws -> [Row] {
        let coverage = try coverage ?? ComparisonCoverage(later, after: earlier, connection)
        self.coverage = coverage
        let unknown = keys.filter { !coverage.saw($0) }
        return zip(unknown, try details(unknown.map(\.id), at: later)).compactMap { key, detail in
            guard let row = detail.map({ names.row($0) }) else { return nil }
            return (key, DiffRow(kind: .unknown, finding: row, statusBefore: row.status, statusAfter: row.status))
        }
    }

    /// Whether scans tell about every check and set of regions; then no finding needs to be looked at.
    private mutating func isCovered() throws -> Bool {
        let coverage = try ComparisonCoverage(later, after: earlier, connection)
        self.coverage = coverage
        guard !coverage.missedSome else { return false }
        let holds = FindingStates(deltas: []).condition(current: later.isCurrent, generation: "$3")
        var isCovered = true
        try connection.query(
            """
            SELECT DISTINCT f.source, f.check_id, f.regions FROM findings f
            WHERE f.tenant = $1 AND f.account = $2 AND \(holds) AND f.opened_in <= $4
            """, later.id.values + [.int(later.generation), .int(earlier)]
        ) { row in
            if !coverage.covers(source: row.int(0), check: row.int(1), regions: row.int(2)) { isCovered = false }
        }
        return isCovered
    }

    private mutating func details(_ ids: [Int64], at view: StoreReader.View) throws -> [FindingDetail?] {
        let details = try FindingDetail.read(ids, [view.id.account: view], connection)
        try names.read(details.compactMap { $0 }, connection)
        return details
    }
}
