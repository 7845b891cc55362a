import MartletCore
import MartletStore

extension Session {
    func showScan() async throws -> ExitCode {
        let id = arguments.operands[0]
        let scan = try await withStore(create: false) { store in
            try await store.read { reader in try reader.scan(id) }
        }
        guard let scan else {
            throw MartletError(.notFound, "there is no scan '\(id)'; martlet scans lists them")
        }
        guard format == .table else { return try print([scan], Listing.scans) }
        let output = OutputStream()
        try details(scan).print(to: output, terminal: terminal)
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

    private func details(_ scan: ScanRow) -> DetailPrinter {
        var details = DetailPrinter()
        details.add("Scan", scan.id, style: .bold)
        details.add("Account", scan.account.description)
        details.add("State", scan.state.rawValue, style: .state(scan.state))
        details.add("Generation", String(scan.generation))
        details.add("Source", scan.source)
        details.add("From", scan.origin)
        details.add("Scope", scan.scope)
        details.add("Attempts", String(scan.attempts))
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
        return details
    }
}
