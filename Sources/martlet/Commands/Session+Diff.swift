import MartletCore
import MartletStore

extension Session {
    func diff() async throws -> ExitCode {
        let scans = arguments.operands
        guard scans.count != 1 else {
            throw MartletError(.usage, "diff takes two scans, or none. Usage: martlet diff [SCAN SCAN]")
        }
        let from = scans.first
        let to = scans.last
        let filter = accountFilter
        let kinds = Set(arguments.list("kind").compactMap(DiffRow.Kind.init(rawValue:)))
        let format = format
        let terminal = terminal
        let (header, counts) = try await withStore(create: false) { store in
            try await store.read { reader in
                let printer = try ListingPrinter(
                    Listing.diff, format: format, terminal: terminal, output: OutputStream())
                var counts: [DiffRow.Kind: Int] = [:]
                let header = try reader.diff(from: from, to: to, account: filter) { row in
                    counts[row.kind, default: 0] += 1
                    if kinds.isEmpty || kinds.contains(row.kind) { try printer.add(row) }
                }
                try printer.finish()
                return (header, counts)
            }
        }
        let parts = DiffRow.Kind.allCases.map { "\(Quantity.grouped(counts[$0] ?? 0)) \($0.rawValue)" }
        for pair in header.pairs {
            log.note("\(pair.account): from \(pair.from ?? "nothing") to \(pair.to)")
        }
        log.note(parts.joined(separator: ", "))
        return .success
    }
}
