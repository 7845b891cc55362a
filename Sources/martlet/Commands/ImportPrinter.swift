import MartletCore
import MartletEngine
import MartletStore

/// Prints what an import did: a paragraph for each account, or in the formats for scripts one object or line each.
///
/// Each is written as soon as it is known, since an import of many files may take long.
struct ImportPrinter {
    private let format: OutputFormat
    private let terminal: Terminal
    private let quiet: Bool
    private let output = OutputStream()
    private let listing: ListingPrinter<ImportReport>

    /// - Parameter quiet: Nothing for a person.
    init(format: OutputFormat, terminal: Terminal, quiet: Bool) throws {
        self.format = format
        self.quiet = quiet
        self.terminal = terminal
        listing = try ListingPrinter(
            Listing.imports, format: format == .json ? .ndjson : format, terminal: terminal, output: output)
    }

    func add(_ report: ImportReport) throws {
        if format != .table { try listing.add(report) } else if !quiet { try describe(report) }
        try output.flush()
    }

    func finish() throws {
        if format != .table { try listing.finish() }
        try output.flush()
    }

    private func describe(_ report: ImportReport) throws {
        let scan = report.scan
        var details = DetailPrinter()
        details.add(
            "Account", "\(scan.account)  generation \(scan.generation), \(scan.state.rawValue)",
            style: .state(scan.state))
        details.add("Scan", scan.id + (scan.observedAt.map { "  observed \(CellText.time($0))" } ?? ""))
        details.add("Findings", Self.counts(scan.counts))
        details.add("Posture", Self.posture(report.summary))
        details.add(
            "Written",
            "\(Quantity.count(scan.resources, "resource")), \(Quantity.count(scan.tags, "tag")), "
                + "\(Quantity.count(scan.complianceRows, "compliance row")) in \(Quantity.decimal(report.totalSeconds, 2)) s"
        )
        try details.print(to: output, terminal: terminal)
    }

    private static func counts(_ counts: ScanCounts) -> String {
        let parts = counts.named.filter { $0.1 > 0 && !["read", "muted", "outside"].contains($0.0) }
            .map { "\(Quantity.grouped($0.1)) \($0.0)" }
        return "\(Quantity.grouped(counts.read)) read" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }

    private static func posture(_ summary: PostureSummary) -> String {
        let failed = Severity.allCases.reversed().compactMap { severity in
            summary.failedBySeverity[severity].flatMap { $0 > 0 ? "\(Quantity.grouped($0)) \(severity.name)" : nil }
        }
        var parts = Status.allCases.map { "\(Quantity.grouped(summary.byStatus[$0] ?? 0)) \($0.name)" }
        if !failed.isEmpty { parts[0] += " (\(failed.joined(separator: ", ")))" }
        if summary.muted > 0 { parts.append("\(Quantity.grouped(summary.muted)) muted") }
        return parts.joined(separator: ", ")
    }
}
