import MartletCore
import MartletStore

extension Session {
    func showScan() async throws -> ExitCode {
        let id = arguments.operands[0]
        return try print(try await withStore(create: false) { try await view(of: id, in: $0) })
    }

    /// A scan with what its job adds.
    func view(of id: String, in store: Store) async throws -> ScanView {
        let view = try await store.read { reader in
            try reader.scan(id).map { ScanView(scan: $0, job: try reader.job($0.id)) }
        }
        guard let view else {
            throw MartletError(.notFound, "there is no scan '\(id)'; martlet scans lists them")
        }
        return view
    }

    func print(_ view: ScanView) throws -> ExitCode {
        if format == .csv { return try print([view.scan], Listing.scans) }
        guard format == .table else { return try print([view], Listing.scanView) }
        let output = OutputStream()
        try details(view.scan, view.job).print(to: output, terminal: terminal)
        try output.flush()
        return .success
    }

    /// Prints rows that are at hand already; in JSON a single thing is an object of its own.
    func print<Row>(_ rows: [Row], _ listing: Listing<Row>, single: Bool = true) throws -> ExitCode {
        let isObject = single && format == .json
        let printer = try ListingPrinter(
            listing, format: isObject ? .ndjson : format, terminal: terminal, output: OutputStream())
        for row in rows { try printer.add(row) }
        try printer.finish()
        return .success
    }

    private func details(_ scan: ScanRow, _ job: JobRow?) -> DetailPrinter {
        var details = DetailPrinter()
        details.add("Scan", scan.id, style: .bold)
        details.add("Account", scan.account.description)
        details.add("State", scan.state.rawValue, style: .state(scan.state))
        details.add("Generation", String(scan.generation))
        details.add("Source", scan.source)
        details.add("From", scan.origin)
        details.add("Scope", scan.scope)
        for filter in scan.filters?.objectValue ?? [] {
            let values = filter.value.arrayValue?.compactMap(\.stringValue) ?? []
            details.add("Only \(filter.key)", values.joined(separator: ", "))
        }
        details.add("Attempts", String(scan.attempts))
        if let job, job.losses > 0 { details.add("Leases lost", String(job.losses)) }
        if let job, !job.state.isFinal { details.add("Progress", job.progressLine) }
        details.add("Held by", job?.holderLine)
        details.add("Waits for", job?.waitLine)
        details.add("Observed at", scan.observedAt?.rfc3339)
        details.add("Queued at", scan.queuedAt.rfc3339)
        details.add("Claimed at", scan.claimedAt?.rfc3339)
        details.add("Finished at", scan.finishedAt?.rfc3339)
        for (name, value) in scan.counts.named {
            details.add(name.prefix(1).uppercased() + name.dropFirst(), Quantity.grouped(value))
        }
        details.add("Resources", Quantity.grouped(scan.resources))
        details.add("Tags", Quantity.grouped(scan.tags))
        details.add("Compliance rows", Quantity.grouped(scan.complianceRows))
        details.add("Reading", CellText.seconds(scan.parseMilliseconds) + " s")
        details.add("Ingest", CellText.seconds(scan.ingestMilliseconds) + " s")
        details.add("Publish", CellText.seconds(scan.publishMilliseconds) + " s")
        details.add("Error", scan.errorMessage, style: .red)
        for rejection in scan.rejections { details.add("Rejected", rejection, style: .yellow) }
        for gap in scan.gaps { details.add(gap.title, gap.sentence, style: .yellow) }
        return details
    }
}
