import MartletCore
import MartletGenerator

/// `martlet-bench generate`: a benchmark estate as NDJSON.
enum GenerateCommand {
    static let optionNames: Set<String> = [
        "findings", "resources", "regions", "tags", "seed", "scan", "flip", "detail-change", "catalog", "output",
    ]

    static func run(_ options: BenchOptions) throws {
        let catalogs = options.list("catalog")
        let estate = try BenchmarkEstate(
            findings: try options.integer("findings", in: 0...1_000_000_000) ?? 30_000,
            resources: try options.integer("resources", in: 0...1_000_000_000),
            regions: try options.integer("regions", in: 1...1_000) ?? 20,
            seed: UInt64(try options.integer("seed", in: 0...Int.max) ?? 1),
            tagsPerResource: try options.integer("tags", in: 0...50) ?? 5,
            scan: try options.integer("scan", in: 1...1_000) ?? 1,
            flip: try options.share("flip") ?? 0.05, detailChange: try options.share("detail-change") ?? 0,
            catalog: catalogs.isEmpty ? nil : try FrameworkFiles(paths: catalogs).awsChecks())
        let path = options.value("output") ?? "-"
        let file = try OutputFile(path: path)
        try estate.write { try file.write($0) }
        try file.close()
    }
}
