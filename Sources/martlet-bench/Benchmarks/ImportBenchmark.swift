import MartletCore

/// `martlet-bench import`: the whole road of an import against plain inserts of the same rows.
struct ImportBenchmark {
    static let optionNames: Set<String> = [
        "findings", "resources", "regions", "tags", "frameworks", "rescan", "changed", "batch-size", "directory",
        "runs", "keep", "format",
    ]

    /// The phases in the order in which they run.
    private static let order = ["first import", "plain inserts", "unchanged", "changed"]

    private let estate: EstateFile
    private let frameworks: [String]
    private let rescan: Bool
    private let changed: Double
    private let batchSize: Int
    private let runs: Int
    private let json: Bool
    private let keep: Bool
    private let directory: String?

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
        runs = try options.integer("runs", in: 1...100) ?? 3
        json = try options.wantsJSON()
        keep = options.has("keep")
        directory = options.value("directory")
    }

    func run() async throws {
        let folder = try WorkFolder(parent: directory)
        defer { if !keep { folder.remove() } }
        let size = try writeScans(in: folder)
        var runsOfPhase: [String: [Figures]] = [:]
        for _ in 0..<runs {
            for name in ["store.db", "raw.db"] { folder.removeStore(name) }
            for (phase, figures) in try measure(in: folder) { runsOfPhase[phase, default: []].append(figures) }
        }
        let phases = Self.order.compactMap { name in runsOfPhase[name].map { (name, Figures.median($0)) } }
        report(phases, ratios: ratios(runsOfPhase), inputBytes: size).print(json: json)
        if keep { BenchProgram.write("kept in \(folder.path)\n", to: 2) }
    }

    private func writeScans(in folder: WorkFolder) throws -> Int {
        let size = try estate.writeFirst(to: folder.file("first.ndjson")).bytes
        if rescan { _ = try estate.writeNext(changed: 0, to: folder.file("second.ndjson")) }
        _ = try estate.writeNext(changed: changed, to: folder.file("changed.ndjson"))
        return size
    }

    private func measure(in folder: WorkFolder) throws -> [(String, Figures)] {
        let store = folder.file("store.db")
        if !frameworks.isEmpty { _ = try Phase.start(["add-frameworks", store] + frameworks) }
        let first = try importFile("first.ndjson", into: store, in: folder)
        try Self.expect(first["new"] + first["duplicates"] == first["read"], "the first import finds only new findings")
        var raw = try Phase.start(["raw", store, folder.file("raw.db"), String(batchSize)])
        raw["read"] = first["read"]
        raw["compliance_rows"] = first["compliance_rows"]
        raw["database_bytes"] = Double(InputFiles.size(of: folder.file("raw.db")))
        raw["growth_bytes"] = raw["database_bytes"]
        let second = try importFile(rescan ? "second.ndjson" : "first.ndjson", into: store, in: folder)
        try Self.expect(second["unchanged"] == first["new"], "the second import finds nothing changed")
        let third = try importFile("changed.ndjson", into: store, in: folder)
        try Self.expect(third["new"] == 0 && third["gone"] == 0, "the third import finds the same findings")
        try Self.expect(changed == 0 || third["changed"] > 0, "the third import finds changes")
        return Array(zip(Self.order, [first, raw, second, third]))
    }

    private func importFile(_ name: String, into store: String, in folder: WorkFolder) throws -> Figures {
        let before = InputFiles.size(of: store)
        var figures = try Phase.start(["import", store, folder.file(name), String(batchSize)])
        figures["database_bytes"] = Double(InputFiles.size(of: store))
        figures["growth_bytes"] = figures["database_bytes"] - Double(before)
        return figures
    }

    private static func expect(_ condition: Bool, _ what: String) throws {
        guard condition else { throw MartletError(.database, "the benchmark measured nonsense; expected that \(what)") }
    }

    /// Medians of the ratios of each run, so that a machine that is busy for a while doesn't mix runs.
    private func ratios(_ runs: [String: [Figures]]) -> Figures {
        let first = runs["first import"] ?? []
        let raw = runs["plain inserts"] ?? []
        let second = runs["unchanged"] ?? []
        return Figures.median(
            zip(first, zip(raw, second)).map { first, others in
                var ratios = Figures()
                for clock in ["wall", "cpu"] {
                    let seconds = clock + "_seconds"
                    ratios["first_of_raw_" + clock] = others.0[seconds] / first[seconds]
                    ratios["unchanged_to_first_" + clock] = first[seconds] / others.1[seconds]
                }
                return ratios
            })
    }

    private func report(_ phases: [(name: String, figures: Figures)], ratios: Figures, inputBytes: Int) -> BenchReport {
        let peak = phases.filter { $0.name != "plain inserts" }.map { $0.figures["peak_rss_bytes"] }.max() ?? 0
        return BenchReport(
            title: "import",
            parameters: [
                ("findings", String(estate.findings)),
                ("resources", String(estate.resources ?? (estate.findings + 1) / 2)),
                ("regions", String(estate.regions)), ("tags", String(estate.tags)),
                ("frameworks", frameworks.isEmpty ? "none" : frameworks.joined(separator: " ")),
                ("batch", String(batchSize)), ("runs", String(runs)),
                ("input_MiB", Number.mebibytes(Double(inputBytes))),
            ],
            phases: phases, columns: Self.columns,
            targets: [
                Target(
                    name: "first import / plain inserts, wall", value: ratios["first_of_raw_wall"], limit: 0.25,
                    kind: .atLeast),
                Target(
                    name: "first import / plain inserts, CPU", value: ratios["first_of_raw_cpu"], limit: 0.25,
                    kind: .atLeast),
                Target(
                    name: "unchanged / first import, wall", value: ratios["unchanged_to_first_wall"], limit: 3,
                    kind: .atLeast),
                Target(
                    name: "unchanged / first import, CPU", value: ratios["unchanged_to_first_cpu"], limit: 3,
                    kind: .atLeast),
                Target(name: "largest resident memory in MiB", value: peak / 1_048_576, limit: 256, kind: .atMost),
            ], notes: [])
    }

    private static let columns: [BenchReport.Column] = [
        .init(title: "findings/s") { Number.short($0["read"] / $0["wall_seconds"]) },
        .init(title: "/CPU s") { Number.short($0["read"] / $0["cpu_seconds"]) },
        .init(title: "compliance rows/s") { figures in
            // The publish phase is the one that writes them; plain inserts have no such phase.
            let seconds = figures["publish_seconds"]
            return seconds > 0 ? Number.short(figures["compliance_rows"] / seconds) : "-"
        },
        .init(title: "wall s") { Number.seconds($0["wall_seconds"]) },
        .init(title: "CPU s") { Number.seconds($0["cpu_seconds"]) },
        .init(title: "parse") { Number.seconds($0["parse_seconds"]) },
        .init(title: "ingest") { Number.seconds($0["ingest_seconds"]) },
        .init(title: "publish") { Number.seconds($0["publish_seconds"]) },
        .init(title: "peak MiB") { Number.mebibytes($0["peak_rss_bytes"]) },
        .init(title: "statements") { Number.short($0["statements"]) },
        .init(title: "database MiB") { Number.mebibytes($0["database_bytes"]) },
        .init(title: "growth MiB") { Number.mebibytes($0["growth_bytes"]) },
    ]
}
