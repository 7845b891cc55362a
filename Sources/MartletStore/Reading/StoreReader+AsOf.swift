import MartletCore

extension StoreReader {
    /// The number of the last visible change of the tenant's findings: a scan that was published, or a change of mutes. What
    /// was published up to a number is the same for ever. With the time of the database's clock; one statement.
    public func publishNumber() throws -> (number: Int64, readAt: Timestamp) {
        try connection.first(
            "SELECT publish_number, \(connection.dialect.clock) FROM tenants WHERE id = $1", [.int(tenant)]
        ) { ($0.int(0), $0.time(1)) } ?? (0, try now())
    }

    /// The same snapshot of the store, read as it was published up to a number: of each account the newest scan that was
    /// published then, muted as it was then. Accounts that were not published yet are not there.
    ///
    /// It holds for findings, resources and differences, and for ``accountDetails(_:)``. Retention may have removed what it
    /// would show; then reading throws ``MartletError`` (`cursor_expired`).
    public func asOf(_ number: Int64) -> StoreReader {
        var reader = self
        reader.asOfNumber = number
        return reader
    }

    /// What was published of an account up to a number, where something newer is published now.
    struct Superseded {
        var generation: Int64
        var scan: String
        var observedAt: Timestamp
        var finishedAt: Timestamp?
    }

    /// The accounts that have published something after the number that is read, each with what was published before; nil
    /// where nothing was. Two statements, however many there are.
    func superseded() throws -> [Int64: Superseded?] {
        guard let asOfNumber else { return [:] }
        let values: [Value] = [.int(tenant), .int(asOfNumber)]
        var accounts: [Int64] = []
        try connection.query(
            """
            SELECT a.id FROM accounts a CROSS JOIN scans s
            WHERE a.tenant = $1 AND s.tenant = $1 AND s.account = a.id AND s.generation = a.published
            AND s.state IN ('completed', 'completed_with_gaps') AND s.publish_number > $2 ORDER BY a.id
            """, values
        ) { accounts.append($0.int(0)) }
        var found: [Int64: Superseded?] = Dictionary(uniqueKeysWithValues: accounts.map { ($0, nil) })
        // Scans of before there were numbers have none.
        try connection.lookUp(
            """
            SELECT generation, id, COALESCE(observed_at, queued_at), finished_at FROM scans
            WHERE tenant = $1 AND account = $3 AND state IN ('completed', 'completed_with_gaps')
            AND COALESCE(publish_number, 0) <= $2 ORDER BY generation DESC LIMIT 1
            """, values, numbers: accounts
        ) { place, row in
            found[accounts[place]] = Superseded(
                generation: row.int(0), scan: row.text(1), observedAt: row.time(2), finishedAt: row.optionalTime(3))
        }
        return found
    }

    /// A posture by account and generation.
    private struct Posture: Hashable {
        var account: Int64
        var generation: Int64
    }

    /// Marks the views whose mutes were changed after the number that is read.
    func markChangedMutes(_ views: inout [View]) throws {
        guard let asOfNumber, !views.isEmpty else { return }
        var changed: Set<Posture> = []
        // A plus keeps SQLite from the order of the key, which has all changes of the tenant.
        try connection.query(
            "SELECT DISTINCT +account, +generation FROM mute_changes WHERE tenant = $1 AND number > $2",
            [.int(tenant), .int(asOfNumber)]
        ) { changed.insert(Posture(account: $0.int(0), generation: $0.int(1))) }
        guard !changed.isEmpty else { return }
        for place in views.indices {
            let posture = Posture(account: views[place].id.account, generation: views[place].generation)
            if changed.contains(posture) { views[place].mutesAsOf = asOfNumber }
        }
    }

    /// Views of what was published up to the number that is read in the place of those of what is published now.
    func moveBack(_ views: [View]) throws -> [View] {
        let superseded = try superseded()
        guard !superseded.isEmpty else { return views }
        return try views.compactMap { view in
            guard let then = superseded[view.id.account] else { return view }
            guard let then else { return nil }
            guard then.generation >= (try RetentionRecords.horizon(view.id, connection)) else { throw Self.forgotten }
            var past = view
            past.generation = then.generation
            past.observedAt = then.observedAt
            past.isCurrent = false
            return past
        }
    }

    /// A hash of the accounts that a query reads and of the generation at which it reads each.
    public func viewStamp(_ filter: AccountFilter, at scan: String? = nil) throws -> ContentHash {
        var hasher = ContentHasher()
        for view in try views(filter, at: scan).sorted(by: { $0.id.account < $1.id.account }) {
            hasher.add(view.id.account)
            hasher.add(view.generation)
        }
        return hasher.finish()
    }
}
