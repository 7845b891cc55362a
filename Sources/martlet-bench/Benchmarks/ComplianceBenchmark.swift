import MartletCore

/// `martlet-bench compliance`: what frameworks cost, against plain inserts of the same rows.
struct ComplianceBenchmark {
    static let optionNames: Set<String> = [
        "database", "findings", "resources", "regions", "frameworks", "runs", "directory", "keep", "format",
    ]

    let findings: Int
    private let resources: Int?
    let regions: Int
    private let frameworks: [String]
    let runs: Int
    private let json: Bool
    private let keep: Bool
    private let directory: String?
    private let database: String?

    init(options: BenchOptions) throws {
        findings = try options.integer("findings", in: 1...1_000_000_000) ?? 10_000
        resources = try options.integer("resources", in: 1...1_000_000_000)
        regions = try options.integer("regions", in: 1...1_000) ?? 20
        frameworks = options.list("frameworks")
        runs = try options.integer("runs", in: 1...100) ?? 3
        json = try options.wantsJSON()
        keep = options.has("keep")
        directory = options.value("directory")
        database = options.value("database")
    }

    func run() async throws {
        let folder = try WorkFolder(parent: directory)
        defer { if !keep { folder.remove() } }
        let paths = try BenchFrameworks.paths(frameworks, in: folder)
        let checks = try FrameworkFiles(paths: paths).awsChecks()
        _ = try EstateFile(findings: findings, resources: resources, regions: regions, tags: 5, catalog: checks)
            .writeFirst(to: folder.file("first.ndjson"))
        let place = try BenchPlace(database: database, folder: folder)
        let stores = ["store", "raw", "add"].map(place.store)
        var runsOfPhase: [CompliancePhaseName: [Figures]] = [:]
        do {
            for _ in 0..<runs {
                for store in stores { try store.remove() }
                for (phase, figures) in zip(CompliancePhaseName.allCases, try measure(paths, stores, in: folder)) {
                    runsOfPhase[phase, default: []].append(figures)
                }
            }
        } catch {
            try? BenchPlace.end(stores, keep: keep, in: folder)
            throw error
        }
        try BenchPlace.end(stores, keep: keep, in: folder)
        ComplianceReporting(benchmark: self, place: place, runs: runsOfPhase).report.print(json: json)
    }

    private func measure(
        _ paths: [String], _ stores: [any BenchStore], in folder: WorkFolder
    ) throws -> [Figures] {
        let (store, target, added) = (stores[0], stores[1], stores[2])
        for store in [store, added] {
            _ = try Phase.start(["import", store.url, folder.file("first.ndjson"), "3000"])
        }
        let ready = try Phase.start(["load-frameworks"] + paths)
        _ = try Phase.start(["activate", store.url] + paths)
        let catalog = try Phase.start(["catalog", store.url])
        let alone = try Phase.start(["evaluate", store.url, "5"])
        try store.settle()
        let written = try Phase.start(["posture", store.url])
        guard written["compliance_rows"] == alone["compliance_rows"], written["compliance_rows"] > 0 else {
            throw MartletError(.database, "the rows that were evaluated are not those that were written")
        }
        var raw = try Phase.start(["raw-table", store.url, target.url, "compliance_rows"])
        // A row of the table holds the rows of a requirement in all regions.
        raw["compliance_rows"] = written["compliance_rows"]
        let mark = try store.mark()
        let unchanged = try Phase.start(["posture", store.url])
        guard try store.mark() == mark else {
            throw MartletError(.database, "the evaluation of an unchanged posture has written rows")
        }
        let whole = try Phase.start(["add-frameworks", added.url] + paths)
        return [ready, catalog, alone, written, raw, unchanged, whole]
    }
}
