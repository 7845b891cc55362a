import MartletCore
import MartletFormats
import MartletPolicy
import MartletStore

extension Session {
    func score() async throws -> ExitCode {
        let filter = accountFilter
        let at = arguments.value("at")
        _ = try await list({ Listing.securityScores }) { reader, printer in
            let rows = try reader.scoreTallies(filter, at: at, PostureCache())
            var sum = ScoreTally()
            for row in rows {
                sum.add(row.tally)
                try printer.add(ScoreView(account: row.account, scan: row.scan, score: SecurityScore(row.tally)))
            }
            try printer.add(ScoreView(account: nil, scan: nil, score: SecurityScore(sum)))
        }
        return .success
    }

    func priorities() async throws -> ExitCode {
        let filter = accountFilter
        let at = arguments.value("at")
        let limit = try limit()
        _ = try await list({ Listing.priorities }) { reader, printer in
            let ranked = Priority.ranked(try reader.failingChecks(filter, at: at, PostureCache()))
            for (place, row) in ranked.prefix(limit ?? .max).enumerated() {
                try printer.add(PriorityView(rank: place + 1, priority: row))
            }
        }
        return .success
    }

    func cbom() async throws -> ExitCode {
        let filter = accountFilter
        let at = arguments.value("at")
        if let chosen = arguments.value("output").flatMap(OutputFormat.init(rawValue:)) {
            _ = try await list({ Listing.cryptography }, as: chosen) { reader, printer in
                var inventory = CryptoInventory(filter, at: at)
                while let part = try inventory.next(reader) { for asset in part { try printer.add(asset) } }
            }
            return .success
        }
        try await withStore(create: false) { store in
            try await store.read { reader in
                let label = try reader.inventoryLabel(filter, at: at)
                let output = OutputStream()
                var writer = CycloneDXWriter(
                    serial: label.serial, at: label.observedAt, program: Martlet.version, subject: "cloud accounts")
                var inventory = CryptoInventory(filter, at: at)
                while let part = try inventory.next(reader) {
                    for asset in part { writer.add(asset) }
                    try output.write(writer.takeBytes())
                }
                let gaps = try reader.coverageGaps(of: CryptoAsset.checks, filter, at: at)
                writer.finish(gaps: gaps.map { .init(account: $0.account, check: $0.check, state: $0.state) })
                try output.write(writer.takeBytes())
                try output.flush()
            }
        }
        return .success
    }
}
