import MartletCore
import MartletPolicy

extension StoreReader {
    /// What the security score of each account is computed from, by provider and uid: of the published postures, or of one
    /// scan. Comes from the counts that publish keeps and from coverage, so that no finding is read.
    ///
    /// Accounts that were never scanned are listed, too: nothing is known of them.
    public func scoreTallies(
        _ filter: AccountFilter, at scan: String? = nil, _ cache: PostureCache
    ) throws -> [ScoreTallyRow] {
        if let scan {
            let id = try self.scan(scan)?.id
            return try views(filter, at: scan).map {
                ScoreTallyRow(account: $0.key, number: $0.id.account, scan: id, tally: try scoreTally($0, cache))
            }
        }
        let heads = try accountHeads(filter)
        var tallies: [Int64: ScoreTally] = [:]
        for view in try views(AccountFilter(numbers: Set(heads.map(\.number))), at: nil) {
            tallies[view.id.account] = try scoreTally(view, cache)
        }
        return heads.map {
            ScoreTallyRow(
                account: $0.key, number: $0.number, scan: $0.scan, tally: tallies[$0.number] ?? ScoreTally())
        }
    }

    /// What the score of an account was computed from at one of its published generations; nil where that lies before
    /// what the retention rule keeps.
    public func scoreTally(
        of account: Int64, _ key: AccountKey, generation: Int64, _ cache: PostureCache
    ) throws -> ScoreTally? {
        let id = AccountID(tenant: tenant, account: account)
        guard generation >= (try RetentionRecords.horizon(id, connection)) else { return nil }
        let counters = try Accounts.counters(id, connection)
        let view = View(
            id: id, key: key, generation: generation, isCurrent: generation == counters.published,
            postureVersion: counters.postureVersion, observedAt: Timestamp(milliseconds: 0))
        return try scoreTally(view, cache)
    }

    private func scoreTally(_ view: View, _ cache: PostureCache) throws -> ScoreTally {
        let content = try cache.content(key(view, "score")) { _ in
            256
        } make: {
            .score(try readScoreTally(view))
        }
        guard case .score(let tally) = content else { return try readScoreTally(view) }
        return tally
    }

    private func readScoreTally(_ view: View) throws -> ScoreTally {
        var tally = ScoreTally()
        tally.published = 1
        let values = view.id.values + [.int(view.generation)]
        let holds = "opened_in <= $3 AND (closed_in IS NULL OR closed_in > $3)"
        try connection.query(
            """
            SELECT status, severity, findings FROM postures
            WHERE tenant = $1 AND account = $2 AND muted = 0 AND \(holds)
            """, values
        ) { row in
            guard let status = Status(rawValue: Int(row.int(0))), let severity = Severity(rawValue: Int(row.int(1)))
            else { return }
            switch status {
            case .pass: tally.outcomes[severity, default: .init()].passed += row.int(2)
            case .fail: tally.outcomes[severity, default: .init()].failed += row.int(2)
            case .manual: break
            }
        }
        try connection.query(
            "SELECT regions FROM coverage WHERE tenant = $1 AND account = $2 AND \(holds)", values
        ) { row in
            var evaluated: Int64 = 0
            var blind: Int64 = 0
            try CoverageRegions.decode(row.bytes(0)) { _, state in
                switch state {
                case .evaluated, .inferred: evaluated += 1
                case .noResources: break
                case .denied, .errored, .unsupported, .skipped: blind += 1
                }
            }
            tally.addCheck(evaluated: evaluated, blind: blind)
        }
        return tally
    }

    /// The accounts that a filter names, scanned or not.
    private func accountHeads(
        _ filter: AccountFilter
    ) throws -> [(key: AccountKey, number: Int64, scan: String?)] {
        var heads: [(AccountKey, Int64, String?)] = []
        try connection.query(
            "SELECT id, provider, uid, name, published_scan FROM accounts WHERE tenant = $1 ORDER BY provider, uid",
            [.int(tenant)]
        ) { row in
            guard let provider = Provider(name: row.text(1)) else { return }
            let key = AccountKey(provider: provider, uid: row.text(2))
            guard matches(filter, key, name: row.text(3), number: row.int(0)) else { return }
            heads.append((key, row.int(0), row.optionalText(4)))
        }
        try requireKnown(filter, found: !heads.isEmpty)
        return heads
    }
}
