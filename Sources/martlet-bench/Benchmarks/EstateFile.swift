import MartletCore
import MartletGenerator

/// The scans of one benchmark estate as files.
struct EstateFile {
    let findings: Int
    let resources: Int?
    let regions: Int
    let tags: Int
    /// Nil for made-up checks.
    let catalog: [String]?
    /// The number of the account, from 1; each has findings of its own.
    var account = 1

    /// Writes the first scan.
    func writeFirst(to path: String) throws -> BenchmarkTotals { try write(scan: 1, flip: 0, to: path) }

    /// Writes a scan of the next day in which this share of the findings has another status.
    func writeNext(changed: Double, to path: String) throws -> BenchmarkTotals {
        try write(scan: 2, flip: changed, to: path)
    }

    private func write(scan: Int, flip: Double, to path: String) throws -> BenchmarkTotals {
        let estate = try BenchmarkEstate(
            findings: findings, resources: resources, regions: regions, seed: UInt64(max(account, 1)),
            tagsPerResource: tags, scan: scan, flip: flip, catalog: catalog,
            account: String(123_456_789_011 + account))
        let file = try OutputFile(path: path)
        let totals = try estate.write { try file.write($0) }
        try file.close()
        return totals
    }
}
