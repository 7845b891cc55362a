import MartletCore

extension StoreReader {
    /// What differs between two scans of one account, or between the two newest published scans of each account.
    ///
    /// - Parameters:
    ///   - from: The earlier scan; nil together with `to` for the two newest.
    ///   - body: Gets the differences account by account: first what holds at the later scan, then what is gone, then
    ///     what no scan covered; each in the order of a listing of findings.
    @discardableResult
    public func diff(
        from: String?, to: String?, account filter: AccountFilter, _ body: (DiffRow) throws -> Void
    ) throws -> DiffHeader {
        var header = DiffHeader(pairs: [])
        for (earlier, later) in try scanPairs(from, to, filter) {
            header.pairs.append(.init(account: later.view.key, from: earlier.scan, to: later.scan))
            var comparison = ScanComparison(
                earlier: earlier.generation, later: later.view, after: nil, pageRows: nil, connection)
            defer { comparison.close() }
            while let rows = try comparison.next(Self.maximumPageRows) {
                for (_, row) in rows { try body(row) }
            }
        }
        return header
    }

    /// A page of the same differences. What it costs does not depend on how many findings there are, only on how many
    /// changed.
    ///
    /// - Parameters:
    ///   - cursor: ``DiffPage/next`` of the page before; nil for the first page.
    ///   - limit: Rows of the page at most, 1 to ``maximumPageRows``; other numbers count as the nearest of these.
    public func diff(
        from: String?, to: String?, account filter: AccountFilter, after cursor: DiffCursor?, limit: Int
    ) throws -> DiffPage {
        let limit = min(max(limit, 1), Self.maximumPageRows)
        var page = DiffPage(header: DiffHeader(pairs: []), rows: [], next: nil)
        let pairs = try scanPairs(from, to, filter)
        page.header.pairs = pairs.map { .init(account: $1.view.key, from: $0.scan, to: $1.scan) }
        var after = cursor?.position
        var last = after
        var cost = 0
        for (earlier, later) in pairs {
            // Accounts before the one where the last page ended are done.
            guard after == nil || after?.finding.account == later.view.id.account else { continue }
            var comparison = ScanComparison(
                earlier: earlier.generation, later: later.view, after: after, pageRows: limit + 1, connection)
            after = nil
            defer { comparison.close() }
            while let rows = try comparison.next(limit + 1 - page.rows.count) {
                for (position, row) in rows {
                    guard page.rows.count < limit else {
                        page.next = last.map(DiffCursor.init)
                        return page
                    }
                    page.rows.append(row)
                    last = position
                }
                if comparison.wasCut || cost + comparison.cost >= Self.pageCost, let position = comparison.position {
                    page.next = DiffCursor(position)
                    return page
                }
            }
            cost += comparison.cost
        }
        return page
    }

    /// One end of a comparison.
    struct DiffEnd {
        var view: View
        var scan: String
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
            let keys = ends.map(\.view.key)
            guard keys[0] == keys[1] else {
                throw MartletError(.usage, "The two scans are of different accounts, \(keys[0]) and \(keys[1]).")
            }
            ends.sort { $0.view.generation < $1.view.generation }
            return [(DiffStart(generation: ends[0].view.generation, scan: ends[0].scan), ends[1])]
        }
        return try views(filter, at: nil).map { view in
            let published = try publishedScans(view.id, upTo: view.generation)
            let start = published.dropFirst().first
            if let start { try requireReadable(view.id, view.key, generation: start.generation, scan: start.id) }
            return (
                DiffStart(generation: start?.generation ?? 0, scan: start?.id),
                DiffEnd(view: view, scan: published.first?.id ?? "")
            )
        }
    }

    private func end(_ scan: String) throws -> DiffEnd {
        guard let view = try views(AccountFilter(), at: scan).first, let row = try self.scan(scan) else {
            throw MartletError(.notFound, "There is no scan \(scan); martlet scans lists them.")
        }
        return DiffEnd(view: view, scan: row.id)
    }

    /// The two newest published scans of an account, newest first.
    private func publishedScans(_ id: AccountID, upTo generation: Int64) throws -> [(generation: Int64, id: String)] {
        var scans: [(generation: Int64, id: String)] = []
        try connection.query(
            """
            SELECT generation, id FROM scans WHERE tenant = $1 AND account = $2 AND generation <= $3
            AND state IN ('completed', 'completed_with_gaps') ORDER BY generation DESC LIMIT 2
            """, id.values + [.int(generation)]
        ) { scans.append(($0.int(0), $0.text(1))) }
        return scans
    }
}
