import MartletCore

/// Compares two generations of one account.
struct ScanComparison {
    let reader: StoreReader
    let earlier: StoreReader.DiffStart
    let later: StoreReader.DiffEnd

    private var connection: any Connection { reader.connection }

    /// The differences by kind, then severity descending, check and resource.
    func rows() throws -> [DiffRow] {
        let before = try findings(at: earlier.generation, changedUntil: later.generation)
        let after = try findings(openedAfter: earlier.generation, holdingAt: later.generation)
        let known = try knownBefore(Set(after.keys).subtracting(before.keys))
        var rows: [DiffRow] = []
        for (fingerprint, now) in after {
            let old = before[fingerprint]
            // Changed and changed back in between.
            if let old, old.row.says(theSameAs: now.row) { continue }
            rows.append(
                DiffRow(
                    kind: kind(now, old, wasKnown: known.contains(fingerprint)), finding: now.row,
                    statusBefore: old?.row.status, statusAfter: now.row.status))
        }
        for (fingerprint, old) in before where after[fingerprint] == nil {
            rows.append(
                DiffRow(
                    kind: old.row.status == .fail ? .resolved : .gone, finding: old.row,
                    statusBefore: old.row.status, statusAfter: nil))
        }
        rows += try uncovered()
        return rows.sorted(by: Self.precedes)
    }

    /// A version as comparison needs it.
    private struct Version {
        var row: FindingRow
        var everFailed: Bool
        var transition: Transition
    }

    private func kind(_ now: Version, _ old: Version?, wasKnown: Bool) -> DiffRow.Kind {
        let failing = now.row.status == .fail
        guard let old else {
            guard wasKnown else { return .new }
            return failing && now.transition == .reopened ? .reopened : .returned
        }
        if old.row.status == .fail, now.row.status == .pass { return .resolved }
        if failing, old.row.status != .fail, old.everFailed { return .reopened }
        return old.row.status == now.row.status ? .updated : .changed
    }

    /// Findings that held at the earlier generation and whose version ended up to the later one.
    private func findings(at generation: Int64, changedUntil end: Int64) throws -> [String: Version] {
        try versions(
            at: generation,
            "f.opened_in <= $3 AND f.closed_in > $3 AND f.closed_in <= $4", [.int(end)])
    }

    /// Findings that hold at the later generation in a version opened after the earlier one.
    private func findings(openedAfter start: Int64, holdingAt generation: Int64) throws -> [String: Version] {
        try versions(
            at: generation,
            "f.opened_in > $4 AND f.opened_in <= $3 AND (f.closed_in IS NULL OR f.closed_in > $3)", [.int(start)])
    }

    private func versions(at generation: Int64, _ condition: String, _ values: [Value]) throws -> [String: Version] {
        let view = StoreReader.View(
            id: later.id, key: later.key, generation: generation, isCurrent: false, observedAt: later.observedAt)
        let lookup = try FindingLookup(view, connection)
        let scans = try reader.scanNames(later.id)
        var versions: [String: Version] = [:]
        try connection.query(
            """
            SELECT \(FindingSQL.columns), f.ever_failed FROM findings f \(FindingSQL.joins)
            WHERE f.tenant = $1 AND f.account = $2 AND \(condition)
            """, later.id.values + [.int(generation)] + values
        ) { row in
            let finding = StoreReader.finding(row, view: view, lookup: lookup, scans: scans)
            versions[finding.fingerprint] = Version(
                row: finding, everFailed: row.int(26) != 0,
                transition: Transition(rawValue: Int(row.int(10))) ?? .none)
        }
        return versions
    }

    /// Those findings that had a version before the earlier generation ended. Retention may have removed it; the oldest
    /// version that is left has `returned` then.
    private func knownBefore(_ fingerprints: Set<String>) throws -> Set<String> {
        var known: Set<String> = []
        let hashes = fingerprints.compactMap { ContentHash(hex: $0) }.sorted()
        try connection.lookUp(
            """
            SELECT opened_in, delta FROM findings WHERE tenant = $1 AND account = $2 AND fingerprint = $3
            ORDER BY opened_in LIMIT 1
            """, later.id.values, keys: hashes
        ) { place, row in
            guard row.int(0) <= earlier.generation || row.int(1) == Int64(Delta.returned.rawValue) else { return }
            known.insert(hashes[place].hex)
        }
        return known
    }

    /// Findings that are open in both, but whose check and regions no scan after the earlier one covered.
    private func uncovered() throws -> [DiffRow] {
        let covered = try coverage()
        let regionNumbers = Dictionary(
            try Names.all(.region, tenant: later.id.tenant, connection).map { ($1, $0) }
        ) { first, _ in first }
        let sets = try Names.all(.regionSet, tenant: later.id.tenant, connection).mapValues { name in
            name.isEmpty ? [regionNumbers[""] ?? -1] : Names.regions(ofSet: name).map { regionNumbers[$0] ?? -1 }
        }
        let view = StoreReader.View(
            id: later.id, key: later.key, generation: later.generation, isCurrent: later.isCurrent,
            observedAt: later.observedAt)
        let lookup = try FindingLookup(view, connection)
        let scans = try reader.scanNames(later.id)
        var rows: [DiffRow] = []
        try connection.query(
            """
            SELECT \(FindingSQL.columns), f.id FROM findings f \(FindingSQL.joins)
            WHERE f.tenant = $1 AND f.account = $2 AND \(StoreReader.holds("f", current: later.isCurrent))
            AND f.opened_in <= $4
            """, later.id.values + [.int(later.generation), .int(earlier.generation)]
        ) { row in
            let regions = sets[row.int(5)] ?? []
            let source = lookup.sources[row.int(3)] ?? ""
            guard
                !covered.contains(where: {
                    $0.0 == source && $0.1.saw(row.int(26), check: row.int(4), regions: regions)
                })
            else { return }
            let finding = StoreReader.finding(row, view: view, lookup: lookup, scans: scans)
            rows.append(
                DiffRow(
                    kind: .unknown, finding: finding, statusBefore: finding.status, statusAfter: finding.status))
        }
        return rows
    }

    private func coverage() throws -> [(String, ScanCoverage)] {
        var covered: [(String, ScanCoverage)] = []
        try connection.query(
            """
            SELECT source, coverage FROM scans WHERE tenant = $1 AND account = $2 AND generation > $3
            AND generation <= $4 AND coverage IS NOT NULL
            """, later.id.values + [.int(earlier.generation), .int(later.generation)]
        ) { row in covered.append((row.text(0), try ScanCoverage(text: row.text(1)))) }
        return covered
    }

    private static func precedes(_ left: DiffRow, _ right: DiffRow) -> Bool {
        let order = DiffRow.Kind.allCases
        let ranks = (order.firstIndex(of: left.kind) ?? 0, order.firstIndex(of: right.kind) ?? 0)
        if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
        if left.finding.severity != right.finding.severity { return left.finding.severity > right.finding.severity }
        if left.finding.check.check != right.finding.check.check {
            return left.finding.check.check < right.finding.check.check
        }
        return (left.finding.resource.uid, left.finding.fingerprint)
            < (right.finding.resource.uid, right.finding.fingerprint)
    }
}
