import MartletCore

/// A finding's row with its resource and mute, and the numbers of what names are still to be read for.
struct FindingDetail {
    var check: Int64
    var source: Int64
    var regions: Int64
    /// What the source says of the check at the generation.
    var text: Int64?
    var everFailed: Bool
    var transition: Transition
    /// Without check, regions and source, which ``FindingNames`` knows.
    var row: FindingRow

    private static let noCheck = CheckMetadata(check: "", service: "", title: "", document: "{}")

    private static let columns = """
        f.fingerprint, f.opened_in, f.closed_in, f.source, f.check_id, f.regions, f.status, f.severity, f.muted, f.delta,
        f.transition, f.first_seen_at, f.failing_since, f.account, f.detail, f.ever_failed,
        r.uid, r.name, r.type, r.service, r.region, r.partition_name, r.data, r.tags, m.reason, f.discriminator,
        h.check_text, s.id, f.observed_at, f.resource
        """

    /// Reads findings by the numbers of their rows, one place for each number; one statement.
    ///
    /// - Parameters:
    ///   - views: The accounts of the findings by their number; more than one only where all are read at what is
    ///     published.
    static func read(
        _ ids: [Int64], _ views: [Int64: StoreReader.View], _ connection: any Connection
    ) throws -> [FindingDetail?] {
        guard !ids.isEmpty, let first = views.first?.value else { return [] }
        let isSingle = views.count == 1
        let values: [Value] = [.int(first.id.tenant)] + (isSingle ? [.int(first.generation)] : [])
        var details: [FindingDetail?] = Array(repeating: nil, count: ids.count)
        try connection.lookUp(isSingle ? atGeneration : atPublished, values, numbers: ids) { place, row in
            guard let view = views[row.int(13)] else { return }
            details[place] = FindingDetail(row, view)
        }
        return details
    }

    /// Reads the findings of keys, one place for each; one statement, and one more for each account of which the past is
    /// read beside others.
    static func read(
        _ keys: [FindingKey], _ views: [Int64: StoreReader.View], _ connection: any Connection
    ) throws -> [FindingDetail?] {
        guard views.count > 1, views.contains(where: { !$0.value.isCurrent }) else {
            return try read(keys.map(\.id), views, connection)
        }
        var details: [FindingDetail?] = Array(repeating: nil, count: keys.count)
        func fill(_ places: [Int], of views: [Int64: StoreReader.View]) throws {
            let found = try read(places.map { keys[$0].id }, views, connection)
            for (place, detail) in zip(places, found) { details[place] = detail }
        }
        let current = views.filter { $0.value.isCurrent }
        try fill(keys.indices.filter { current[keys[$0].position.account] != nil }, of: current)
        for (account, view) in views where !view.isCurrent {
            let places = keys.indices.filter { keys[$0].position.account == account }
            if !places.isEmpty { try fill(places, of: [account: view]) }
        }
        return details
    }

    private static let atGeneration = query("findings f", generation: "$2", id: "$3")
    private static let atPublished = query(
        "findings f JOIN accounts a ON a.tenant = $1 AND a.id = f.account", generation: "a.published", id: "$2")

    /// A finding that is gone shows the resource of the generation before.
    private static func query(_ from: String, generation: String, id: String) -> String {
        let shown = "CASE WHEN f.closed_in = \(generation) THEN \(generation) - 1 ELSE \(generation) END"
        return """
            SELECT \(columns) FROM \(from)
            LEFT JOIN resources r ON r.tenant = $1 AND r.account = f.account AND r.resource = f.resource
                AND r.opened_in <= \(shown) AND (r.closed_in IS NULL OR r.closed_in > \(shown))
            LEFT JOIN finding_mutes m ON m.tenant = $1 AND m.account = f.account AND m.fingerprint = f.fingerprint
                AND m.opened_in <= \(generation) AND (m.closed_in IS NULL OR m.closed_in > \(generation))
            LEFT JOIN check_holdings h ON h.tenant = $1 AND h.account = f.account AND h.source = f.source
                AND h.check_id = f.check_id AND h.opened_in <= \(generation)
                AND (h.closed_in IS NULL OR h.closed_in > \(generation))
            LEFT JOIN scans s ON s.tenant = $1 AND s.account = f.account AND s.generation = f.opened_in
                AND s.state IN ('completed', 'completed_with_gaps')
            WHERE f.tenant = $1 AND f.id = \(id)
            """
    }

    private init(_ row: any Row, _ view: StoreReader.View) {
        check = row.int(4)
        source = row.int(3)
        regions = row.int(5)
        text = row.optionalInt(26)
        everFailed = row.int(15) != 0
        transition = Transition(rawValue: Int(row.int(10))) ?? .none
        let openedIn = row.int(1)
        let isGone = row.int(2) == view.generation
        let reason = row.optionalText(24)
        self.row = FindingRow(
            fingerprint: row.hash(0).hex, account: view.key, check: Self.noCheck,
            status: Status(rawValue: Int(row.int(6))) ?? .manual,
            severity: Severity(rawValue: Int(row.int(7))) ?? .informational, muted: row.int(8) != 0 || reason != nil,
            mutedReason: reason,
            delta: isGone ? .gone : openedIn == view.generation ? Self.delta(row.int(9)) : .unchanged,
            regions: [], resource: Resources.observation(row, from: 16), discriminator: row.text(25),
            detail: row.text(14), firstSeenAt: row.time(11), failingSince: row.optionalTime(12),
            scan: row.text(27), observedAt: view.observedAt, source: "", updatedAt: row.time(28),
            resourceNumber: ResourceNumber(account: row.int(13), resource: row.int(29)))
    }

    private static func delta(_ stored: Int64) -> FindingDelta {
        switch Delta(rawValue: Int(stored)) {
        case .new: .new
        case .changed: .changed
        case .updated: .updated
        case .returned: .returned
        case nil: .unchanged
        }
    }
}
