import MartletCore

extension StoreReader {
    /// Uploads, the newest first; one where `id` is given. The state of one whose file was looked through follows from its
    /// job and its scans.
    public func ingestions(_ id: String? = nil, offset: Int = 0, limit: Int) throws -> [IngestionRow] {
        var rows: [IngestionRow] = []
        try connection.query(
            """
            SELECT i.id, i.state, i.name, i.size, i.total, i.invalid, i.created_at, i.created_by, j.state, j.error_code,
                j.error_message, j.finished_at
            FROM ingestions i LEFT JOIN jobs j ON j.tenant = $1 AND j.id = i.id
            WHERE i.tenant = $1\(id == nil ? "" : " AND i.id = $2") ORDER BY i.created_at DESC, i.id DESC
            LIMIT \(min(max(limit, 1), Self.maximumPageRows)) OFFSET \(max(0, offset))
            """, [.int(tenant)] + (id.map { [.text($0)] } ?? [])
        ) { row in
            var state = row.text(1)
            let job = row.optionalText(8).flatMap(JobState.init(rawValue:))
            if job == .failed || job == .cancelled { state = "failed" }
            rows.append(
                IngestionRow(
                    id: row.text(0), state: state, name: row.text(2), size: row.int(3), total: row.int(4),
                    invalid: row.int(5), createdAt: row.time(6), createdBy: row.optionalText(7),
                    finishedAt: state == "failed" ? row.optionalTime(11) : nil,
                    failure: row.optionalText(9).map { JobFailure(code: $0, message: row.text(10)) }, scans: []))
        }
        for place in rows.indices { try addScans(to: &rows[place]) }
        return rows
    }

    /// How many uploads there are.
    public func ingestionCount() throws -> Int64 {
        try connection.first("SELECT COUNT(*) FROM ingestions WHERE tenant = $1", [.int(tenant)]) { $0.int(0) } ?? 0
    }

    private func addScans(to row: inout IngestionRow) throws {
        var scans: [IngestionRow.Scan] = []
        var ends: [Timestamp] = []
        var failure: JobFailure?
        try connection.query(
            """
            SELECT x.account, x.scan, s.state, s.counts, s.finished_at, s.error_code, s.error_message
            FROM ingestion_scans x JOIN scans s ON s.tenant = $1 AND s.id = x.scan
            WHERE x.tenant = $1 AND x.ingestion = $2 ORDER BY x.account
            """, [.int(tenant), .text(row.id)]
        ) { scan in
            guard let state = ScanState(rawValue: scan.text(2)) else { return }
            let counts = try ScanDetails(text: scan.text(3)).counts
            scans.append(
                .init(
                    account: scan.int(0), scan: scan.text(1), state: state,
                    // What the scan read of other accounts is in their scans.
                    read: counts.duplicates + counts.new + counts.changed + counts.updated + counts.unchanged
                        + counts.returned,
                    rejected: counts.rejected))
            if let end = scan.optionalTime(4) { ends.append(end) }
            if let code = scan.optionalText(5) { failure = JobFailure(code: code, message: scan.text(6)) }
        }
        row.scans = scans
        guard row.state == "processing", scans.allSatisfy(\.state.isFinal) else { return }
        let isWhole = scans.allSatisfy { $0.state == .completed || $0.state == .completedWithGaps }
        row.state = isWhole ? "completed" : "failed"
        row.finishedAt = ends.max()
        if !isWhole {
            row.failure = failure ?? JobFailure(code: "cancelled", message: "A scan of the file was cancelled.")
        }
    }
}
