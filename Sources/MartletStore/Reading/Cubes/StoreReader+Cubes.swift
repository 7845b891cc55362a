import MartletCore

extension StoreReader {
    /// The condition that a finding `f` is muted, by its source or by a mute `m`.
    private static let isMuted = "(f.muted <> 0 OR m.fingerprint IS NOT NULL)"
    private static let mutes = """
        LEFT JOIN finding_mutes m ON m.tenant = $1 AND m.account = $2 AND m.fingerprint = f.fingerprint
            AND m.opened_in <= $3 AND (m.closed_in IS NULL OR m.closed_in > $3)
        """

    /// Counts an account's findings; three statements over all of them.
    func readCube(_ view: View) throws -> AccountCube {
        var cube = AccountCube(account: view.key, number: view.id.account, observedAt: view.observedAt)
        let values = view.id.values + [.int(view.generation)]
        let holds = Self.holds("f", current: view.isCurrent)
        var cells: [AccountCube.Cell] = []
        try connection.query(
            """
            SELECT check_id, regions, status, severity, mute, delta, COUNT(*), MIN(first_seen_at), MIN(failing_since)
            FROM (SELECT f.check_id, f.regions, f.status, f.severity, f.first_seen_at, f.failing_since,
                    CASE WHEN \(Self.isMuted) THEN 1 ELSE 0 END AS mute,
                    CASE WHEN f.opened_in = $3 THEN f.delta ELSE -1 END AS delta
                FROM findings f \(Self.mutes) WHERE f.tenant = $1 AND f.account = $2 AND \(holds)) q
            GROUP BY check_id, regions, status, severity, mute, delta
            """, values
        ) { row in
            guard let status = Status(rawValue: Int(row.int(2))), let severity = Severity(rawValue: Int(row.int(3)))
            else { return }
            cells.append(
                AccountCube.Cell(
                    check: row.int(0), regions: row.int(1), status: status, severity: severity,
                    isMuted: row.int(4) != 0, delta: Delta(rawValue: Int(row.int(5))), count: row.int(6),
                    firstSeenAt: row.time(7), failingSince: row.optionalTime(8)))
        }
        cube.take(cells)
        try connection.query(
            """
            SELECT f.check_id, COUNT(DISTINCT f.resource),
                COUNT(DISTINCT CASE WHEN f.status = 0 AND NOT \(Self.isMuted) THEN f.resource END)
            FROM findings f \(Self.mutes) WHERE f.tenant = $1 AND f.account = $2 AND \(holds) GROUP BY f.check_id
            """, values
        ) { row in
            cube.resourcesOfCheck[row.int(0), default: .init()].failed += row.int(2)
            cube.resourcesOfCheck[row.int(0), default: .init()].total += row.int(1)
        }
        try connection.query(
            """
            SELECT check_id, check_text FROM check_holdings WHERE tenant = $1 AND account = $2 AND opened_in <= $3
            AND (closed_in IS NULL OR closed_in > $3) ORDER BY source DESC
            """, values
        ) { cube.textOfCheck[$0.int(0)] = $0.int(1) }
        return cube
    }

    /// Counts the findings of each resource of an account; one statement over all of them.
    func readResourceCounts(_ view: View) throws -> ResourceCounts {
        var counts = ResourceCounts()
        try connection.query(
            """
            SELECT f.resource, SUM(CASE WHEN f.status = 0 AND NOT \(Self.isMuted) THEN 1 ELSE 0 END), COUNT(*)
            FROM findings f \(Self.mutes) WHERE f.tenant = $1 AND f.account = $2
            AND \(Self.holds("f", current: view.isCurrent)) GROUP BY f.resource ORDER BY f.resource
            """, view.id.values + [.int(view.generation)]
        ) { counts.add($0.int(0), failed: $0.int(1), all: $0.int(2)) }
        return counts
    }

    /// How many resources the checks of each group speak of; one statement over all findings.
    ///
    /// - Parameter group: The group of a check's number; nil for none.
    func readGroups(_ view: View, _ group: (Int64) -> Int?) throws -> [Int: Int64] {
        var counts: [Int: Int64] = [:]
        var last: Int64?
        var seen: Set<Int> = []
        try connection.query(
            """
            SELECT DISTINCT f.resource, f.check_id FROM findings f WHERE f.tenant = $1 AND f.account = $2
            AND \(Self.holds("f", current: view.isCurrent)) ORDER BY f.resource
            """, view.id.values + [.int(view.generation)]
        ) { row in
            if row.int(0) != last {
                last = row.int(0)
                seen.removeAll(keepingCapacity: true)
            }
            guard let group = group(row.int(1)), seen.insert(group).inserted else { return }
            counts[group, default: 0] += 1
        }
        return counts
    }

    /// The types of the resources that each check speaks of; one statement over all findings.
    func readTypes(_ view: View) throws -> [Int64: Set<String>] {
        var types: [Int64: Set<String>] = [:]
        let values = view.id.values + [.int(view.generation)]
        try connection.query(
            """
            SELECT q.check_id, r.type FROM (SELECT DISTINCT f.check_id, f.resource FROM findings f
                WHERE f.tenant = $1 AND f.account = $2 AND \(Self.holds("f", current: view.isCurrent))) q
            JOIN resources r ON r.tenant = $1 AND r.account = $2 AND r.resource = q.resource
                AND \(Self.holds("r", current: view.isCurrent))
            GROUP BY q.check_id, r.type
            """, values
        ) { types[$0.int(0), default: []].insert($0.text(1)) }
        return types
    }
}
