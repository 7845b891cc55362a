import MartletCore
import MartletStore
import Testing

/// The scans of a store by account and generation, which two stores with the same past have in common.
struct ScanNames {
    private let names: [String: String]

    init(_ reader: StoreReader) throws {
        names = Dictionary(
            uniqueKeysWithValues: try reader.scans().map { ($0.id, "\($0.account) \($0.generation)") })
    }

    private func name(_ id: String) -> String { id.isEmpty ? "" : names[id] ?? "unknown" }

    /// The id of a scan in this store.
    func id(of name: String) throws -> String { try #require(names.first { $0.value == name }?.key) }

    func align(_ row: AccountRow) -> AccountRow {
        var row = row
        row.scan = row.scan.map(name)
        row.publishedAt = nil
        return row
    }

    func align(_ row: ScanRow) -> ScanRow {
        var row = row
        row.id = name(row.id)
        row.queuedAt = Timestamp(milliseconds: 0)
        row.firstClaimedAt = nil
        row.claimedAt = nil
        row.finishedAt = nil
        row.parseMilliseconds = 0
        row.ingestMilliseconds = 0
        row.publishMilliseconds = 0
        row.token = 0
        return row
    }

    func align(_ row: FindingRow) -> FindingRow {
        var row = row
        row.scan = name(row.scan)
        return row
    }

    func align(_ row: DiffRow) -> DiffRow {
        var row = row
        row.finding = align(row.finding)
        return row
    }

    func align(_ pair: DiffHeader.Pair) -> DiffHeader.Pair {
        var pair = pair
        pair.from = pair.from.map(name)
        pair.to = name(pair.to)
        return pair
    }

    func align(_ row: RetentionRow) -> RetentionRow {
        var row = row
        for place in row.accounts.indices {
            row.accounts[place].oldest = row.accounts[place].oldest.map { scan in
                PublishedScan(
                    id: name(scan.id), generation: scan.generation, publishedAt: Timestamp(milliseconds: 0))
            }
        }
        return row
    }
}
