import MartletCore

extension StoreReader {
    /// What differs between two scans of one account, or between the two newest published scans of each account.
    ///
    /// - Parameters:
    ///   - from: The earlier scan; nil together with `to` for the two newest.
    ///   - body: Gets the differences by kind, then severity descending.
    @discardableResult
    public func diff(
        from: String?, to: String?, account filter: AccountFilter, _ body: (DiffRow) throws -> Void
    ) throws -> DiffHeader {
        var header = DiffHeader(pairs: [])
        for (earlier, later) in try scanPairs(from, to, filter) {
            header.pairs.append(.init(account: later.key, from: earlier.scan, to: later.scan))
            for row in try ScanComparison(reader: self, earlier: earlier, later: later).rows() { try body(row) }
        }
        return header
    }

    /// One end of a comparison.
    struct DiffEnd {
        var id: AccountID
        var key: AccountKey
        var generation: Int64
        var scan: String
        var observedAt: Timestamp
        var isCurrent: Bool
    }

    /// An end before the first scan: nothing holds there.
    struct DiffStart {
        var generation: Int64
        var scan: String?
    }

    private func scanPairs(
        _ from: String?, _ to: String?, _ filter: AccountFilter
    ) throws -> [(DiffStart, DiffEnd)] {
        if let from, let to {
            var ends = [try end(from), try end(to)]
            guard ends[0].key == ends[1].key else {
                throw MartletError(
                    .usage, "The two scans are of different accounts, \(ends[0].key) and \(ends[1].key).")
            }
            ends.sort { $0.generation < $1.generation }
            return [(DiffStart(generation: ends[0].generation, scan: ends[0].scan), ends[1])]
        }
        return try views(filter, at: nil).map { view in
            let published = try publishedScans(view.id)
            let start = published.dropFirst().first
            if let start { try requireReadable(view.id, view.key, generation: start.generation, scan: start.id) }
            return (
                DiffStart(generation: start?.generation ?? 0, scan: start?.id),
                DiffEnd(
                    id: view.id, key: view.key, generation: view.generation, scan: published.first?.id ?? "",
                    observedAt: view.observedAt, isCurrent: true)
            )
        }
    }

    private func end(_ scan: String) throws -> DiffEnd {
        guard let view = try views(AccountFilter(), at: scan).first, let row = try self.scan(scan) else {
            throw MartletError(.notFound, "There is no scan \(scan); martlet scans lists them.")
        }
        return DiffEnd(
            id: view.id, key: view.key, generation: view.generation, scan: row.id, observedAt: view.observedAt,
            isCurrent: view.isCurrent)
    }

    /// Published scans of an account, newest first.
    private func publishedScans(_ id: AccountID) throws -> [(generation: Int64, id: String)] {
        var scans: [(generation: Int64, id: String)] = []
        try connection.query(
            """
            SELECT generation, id FROM scans WHERE tenant = $1 AND account = $2
            AND state IN ('completed', 'completed_with_gaps') ORDER BY generation DESC
            """, id.values
        ) { scans.append(($0.int(0), $0.text(1))) }
        return scans
    }
}
