import MartletCore

/// `martlet-bench import`: the whole road of an import against the same rows written without any other work.
struct ImportBenchmark {
    static let optionNames: Set<String> = [
        "database", "findings", "resources", "regions", "tags", "frameworks", "rescan", "changed", "batch-size",
        "groups", "directory", "runs", "keep", "format",
    ]

    let estate: EstateFile
    let frameworks: [String]
    let rescan: Bool
    let changed: Double
    let batchSize: Int
    /// Findings of a portion of the source; 0 for the reader's own.
    let groups: Int
    let runs: Int
    private let json: Bool
    private let keep: Bool
    private let directory: String?
    private let database: String?

    init(options: BenchOptions) throws {
        frameworks = options.list("frameworks")
        estate = EstateFile(
            findings: try options.integer("findings", in: 1...1_000_000_000) ?? 30_000,
            resources: try options.integer("resources", in: 1...1_000_000_000),
            regions: try options.integer("regions", in: 1...1_000) ?? 20,
            tags: try options.integer("tags", in: 0...50) ?? 5,
            catalog: frameworks.isEmpty ? nil : try FrameworkFiles(paths: frameworks).awsChecks())
        rescan = options.has("rescan")
        changed = try options.share("changed") ?? 0.01
        batchSize = try options.integer("batch-size", in: 1...100_000) ?? 3000
        groups = try options.integer("groups", in: 1...100_000) ?? 0
        runs = try options.integer("runs", in: 1...100) ?? 3
        json = try options.wantsJSON()
        keep = options.has("keep")
        directory = options.value("directory")
        database = options.value("database")
    }

    func run() async throws {
        let folder = try WorkFolder(parent: directory)
        defer { if !keep { folder.remove() } }
        let place = try BenchPlace(database: database, folder: folder)
        let size = try writeScans(in: folder)
        var runsOfPhase: [ImportPhaseName: [Figures]] = [:]
        let stores = [place.store("store"), place.store("raw")]
        do {
            for _ in 0..<runs {
                for store in stores { try store.remove() }
                for (phase, figures) in try measure(stores[0], raw: stores[1], in: folder) {
                    runsOfPhase[phase, default: []].append(figures)
                }
            }
        } catch {
            try? BenchPlace.end(stores, keep: keep, in: folder)
            throw error
        }
        try BenchPlace.end(stores, keep: keep, in: folder)
        ImportReporting(benchmark: self, place: place, runs: runsOfPhase, inputBytes: size).report.print(json: json)
    }

    private func writeScans(in folder: WorkFolder) throws -> Int {
        let size = try estate.writeFirst(to: folder.file("first.ndjson")).bytes
        if rescan { _ = try estate.writeNext(changed: 0, to: folder.file("second.ndjson")) }
        _ = try estate.writeNext(changed: changed, to: folder.file("changed.ndjson"))
        return size
    }

    private func measure(
        _ store: any BenchStore, raw target: any BenchStore, in folder: WorkFolder
    ) throws -> [(ImportPhaseName, Figures)] {
        if !frameworks.isEmpty { _ = try Phase.start(["add-frameworks", store.url] + frameworks) }
        let first = try importFile("first.ndjson", into: store, in: folder)
        try Self.expect(first["new"] + first["duplicates"] == first["read"], "the first import finds only new findings")
        var raw = try Phase.start(["raw", store.url, target.url, String(batchSize)])
        raw["read"] = first["read"]
        raw["compliance_rows"] = first["compliance_rows"]
        raw["database_bytes"] = Double(try target.size())
        raw["growth_bytes"] = raw["database_bytes"]
        let second = try importFile(rescan ? "second.ndjson" : "first.ndjson", into: store, in: folder)
        try Self.expect(second["unchanged"] == first["new"], "the second import finds nothing changed")
        let third = try importFile("changed.ndjson", into: store, in: folder)
        try Self.expect(third["new"] == 0 && third["gone"] == 0, "the third import finds the same findings")
        try Self.expect(changed == 0 || third["changed"] > 0, "the third import finds changes")
        return Array(zip(ImportPhaseName.allCases, [first, raw, second, third]))
    }

    private func importFile(_ name: String, into store: any BenchStore, in folder: WorkFolder) throws -> Figures {
        let before = try store.size()
        try store.settle()
        var figures = try Phase.start(
            ["import", store.url, folder.file(name), String(batchSize)] + (groups > 0 ? [String(groups)] : []))
        figures["database_bytes"] = Double(try store.size())
        figures["growth_bytes"] = figures["database_bytes"] - Double(before)
        return figures
    }

    private static func expect(_ condition: Bool, _ what: String) throws {
        guard condition else { throw MartletError(.database, "the benchmark measured nonsense; expected that \(what)") }
    }
}
