extension BenchmarkEstate {
    /// Writes the scan's findings as NDJSON in chunks that end at the end of a line.
    ///
    /// - Parameters:
    ///   - chunkBytes: A chunk is handed on as soon as it has this many bytes, so it can exceed it by one finding;
    ///     4 KiB to 64 MiB, other values are moved to the nearer end.
    ///   - body: Called with one chunk after the other; the buffer is valid during the call only. What it throws ends
    ///     the run.
    /// - Returns: What was written.
    @discardableResult
    public func write(
        chunkBytes: Int = 1 << 20, to body: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows -> BenchmarkTotals {
        let limit = min(max(chunkBytes, 4 << 10), 64 << 20)
        var totals = BenchmarkTotals()
        var buffer: [UInt8] = []
        buffer.reserveCapacity(limit + (16 << 10))
        var row = BenchmarkRow(estate: self)
        let scan = header
        for check in assignment.checks {
            var templates = BenchmarkTemplates(
                check: check, group: assignment.groups[check.group], estate: self, scan: scan)
            row.begin(templates.check, group: assignment.groups[check.group])
            try assignment.forEachResource(of: check) { resource in
                row.fill(resource: resource)
                templates.template(muted: row.muted).append(to: &buffer, values: row.values)
                totals.findings += 1
                if row.failed { totals.fails += 1 }
                if row.muted { totals.muted += 1 }
                if row.failed, row.muted { totals.mutedFails += 1 }
                if buffer.count >= limit { try Self.flush(&buffer, &totals, body) }
            }
        }
        if !buffer.isEmpty { try Self.flush(&buffer, &totals, body) }
        return totals
    }

    /// What all findings of the scan share. The first scan is made on 2026-11-01 at 06:00 UTC.
    private var header: GeneratedScan {
        let moment = ScanMoment(days: 20_758 + Int64(scan - 1), seconds: 6 * 3_600)
        return GeneratedScan(
            account: account, accountName: "benchmark", organization: "o-benchmark0",
            id: moment.uuid(seed: seed), moment: moment)
    }

    private static func flush(
        _ buffer: inout [UInt8], _ totals: inout BenchmarkTotals, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        totals.bytes += buffer.count
        try buffer.withUnsafeBytes(body)
        buffer.removeAll(keepingCapacity: true)
    }
}
