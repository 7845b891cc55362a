import MartletCore
import MartletFormats
import MartletPolicy
import MartletStore

extension Session {
    func remediate() async throws -> ExitCode {
        var filter = placeFilter
        filter.statuses = [.fail]
        filter.muted = false
        let chosen = filter
        let limit = try limit()
        let after = try arguments.value("after").map { try FindingCursor($0) }
        let format = format
        let terminal = terminal
        let next = try await withStore(create: false) { store in
            let remedies = Remedies(try await checkLibrary(of: store))
            return try await store.read { reader in
                var remedies = remedies
                let printer: any RemedyPrinter =
                    format == .table
                    ? RemedyBlocks(terminal: terminal)
                    : try ListingPrinter(
                        Listing.remedies, format: format, terminal: terminal, output: OutputStream())
                let next = try reader.findings(chosen, after: after, limit: limit) { row in
                    try printer.add(RemedyView(row, &remedies))
                }
                try printer.finish()
                return next
            }
        }
        if let next { log.note("there is more: --after \(next)") }
        return .success
    }
}

/// What remedies are printed with: a listing, or blocks for a person.
protocol RemedyPrinter {
    func add(_ row: RemedyView) throws
    func finish() throws
}

extension ListingPrinter: RemedyPrinter where Row == RemedyView {}
