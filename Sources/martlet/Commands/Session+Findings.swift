import MartletCore
import MartletFormats
import MartletStore

extension Session {
    func listFindings() async throws -> ExitCode {
        let filter = try findingFilter()
        let limit = try limit()
        let after = try arguments.value("after").map { try FindingCursor($0) }
        let at = arguments.value("at")
        let threshold = failOn
        let format = format
        let terminal = terminal
        let (failing, next) = try await withStore(create: false) { store in
            try await store.read { reader in
                let printer: any FindingPrinter =
                    if format == .ocsf {
                        try OCSFPrinter(reader: reader, output: OutputStream())
                    } else {
                        try ListingPrinter(
                            Listing.findings, format: format, terminal: terminal, output: OutputStream())
                    }
                var failing = false
                let next = try reader.findings(filter, at: at, after: after, limit: limit) { row in
                    if let threshold, row.status == .fail, !row.muted, row.severity >= threshold { failing = true }
                    try printer.add(row)
                }
                try printer.finish()
                return (failing, next)
            }
        }
        if let next { log.note("there is more: --after \(next)") }
        return failing ? .findings : .success
    }

    /// What both findings and their remedies are chosen by.
    var placeFilter: FindingFilter {
        var filter = FindingFilter()
        filter.accounts = accountFilter
        filter.severities = Set(arguments.list("severity").compactMap { Severity(name: $0) })
        filter.checks = arguments.list("check")
        filter.services = arguments.list("service")
        filter.regions = arguments.list("region")
        filter.resources = arguments.list("resource")
        filter.tags = tagFilters
        return filter
    }

    private func findingFilter() throws -> FindingFilter {
        var filter = placeFilter
        filter.statuses = Set(arguments.list("status").compactMap { Status(name: $0) })
        filter.deltas = Set(arguments.list("delta").compactMap(FindingDelta.init(rawValue:)))
        filter.search = arguments.value("search")
        if arguments.has("muted"), arguments.has("unmuted") {
            throw MartletError(.usage, "--muted and --unmuted exclude each other")
        }
        if arguments.has("muted") { filter.muted = true }
        if arguments.has("unmuted") { filter.muted = false }
        return filter
    }
}

/// What findings are printed with: a listing, or OCSF.
protocol FindingPrinter {
    func add(_ row: FindingRow) throws
    func finish() throws
}

extension ListingPrinter: FindingPrinter where Row == FindingRow {}
