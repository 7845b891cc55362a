import Glibc
import MartletCore
import MartletGenerator
import MartletPolicy

/// `martlet-bench compliance`: what frameworks cost, against plain inserts of the same rows.
struct ComplianceBenchmark {
    static let optionNames: Set<String> = [
        "findings", "resources", "regions", "frameworks", "runs", "directory", "keep", "format",
    ]

    private static let order = [
        "frameworks ready", "frameworks ready (store)", "evaluation alone", "evaluated and written", "plain inserts",
        "unchanged", "frameworks add",
    ]

    private let findings: Int
    private let resources: Int?
    private let regions: Int
    private let frameworks: [String]
    private let runs: Int
    private let json: Bool
    private let keep: Bool
    private let directory: String?

    init(options: BenchOptions) throws {
        findings = try options.integer("findings", in: 1...1_000_000_000) ?? 10_000
        resources = try options.integer("resources", in: 1...1_000_000_000)
        regions = try options.integer("regions", in: 1...1_000) ?? 20
        frameworks = options.list("frameworks")
        runs = try options.integer("runs", in: 1...100) ?? 3
        json = try options.wantsJSON()
        keep = options.has("keep")
        directory = options.value("directory")
    }

    func run() async throws {
        let folder = try WorkFolder(parent: directory)
        defer { if !keep { folder.remove() } }
        let paths = try frameworkPaths(in: folder)
        let checks = try FrameworkFiles(paths: paths).awsChecks()
        _ = try EstateFile(findings: findings, resources: resources, regions: regions, tags: 5, catalog: checks)
            .writeFirst(to: folder.file("first.ndjson"))
        var runsOfPhase: [String: [Figures]] = [:]
        for _ in 0..<runs {
            for name in ["store.db", "raw.db", "add.db"] { folder.removeStore(name) }
            for (phase, figures) in zip(Self.order, try measure(paths, in: folder)) {
                runsOfPhase[phase, default: []].append(figures)
            }
        }
        report(runsOfPhase).print(json: json)
        if keep { BenchProgram.write("kept in \(folder.path)\n", to: STDERR_FILENO) }
    }

    /// What was asked for, or made-up frameworks and those of the project where the benchmark runs inside it.
    private func frameworkPaths(in folder: WorkFolder) throws -> [String] {
        guard frameworks.isEmpty else { return frameworks }
        let own = access("frameworks", R_OK) == 0 ? ["frameworks"] : []
        let known = own.isEmpty ? [] : try FrameworkFiles(paths: own).awsChecks()
        let made = BenchmarkEstate.syntheticCatalog(checks: max(0, 600 - known.count))
        let path = folder.file("frameworks")
        guard mkdir(path, 0o700) == 0 else { throw MartletError(.io, String(cString: strerror(errno)), place: path) }
        for (fileName, bytes) in SyntheticFrameworks.documents(checks: known + made) {
            let file = try OutputFile(path: path + "/" + fileName)
            try file.write(bytes)
            try file.close()
        }
        return own + [path]
    }

    private func measure(_ paths: [String], in folder: WorkFolder) throws -> [Figures] {
        let store = folder.file("store.db")
        let added = folder.file("add.db")
        _ = try Phase.start(["import", store, folder.file("first.ndjson"), "3000"])
        try OutputFile(path: added).write(InputFiles.read(store))
        let ready = try Phase.start(["load-frameworks"] + paths)
        _ = try Phase.start(["activate", store] + paths)
        let catalog = try Phase.start(["catalog", store])
        let alone = try Phase.start(["evaluate", store, "5"])
        let written = try Phase.start(["posture", store])
        guard written["compliance_rows"] == alone["compliance_rows"], written["compliance_rows"] > 0 else {
            throw MartletError(.database, "the rows that were evaluated are not those that were written")
        }
        var raw = try Phase.start(["raw-table", store, folder.file("raw.db"), "compliance_rows"])
        raw["compliance_rows"] = raw["rows"]
        guard raw["rows"] == written["compliance_rows"] else {
            throw MartletError(.database, "the rows in the table are not those that were written")
        }
        let writtenAt = InputFiles.lastWritten(store)
        let unchanged = try Phase.start(["posture", store])
        guard InputFiles.lastWritten(store) == writtenAt else {
            throw MartletError(.database, "the evaluation of an unchanged posture has written rows")
        }
        let whole = try Phase.start(["add-frameworks", added] + paths)
        return [ready, catalog, alone, written, raw, unchanged, whole]
    }

    private func report(_ runs: [String: [Figures]]) -> BenchReport {
        let phases = Self.order.compactMap { name in runs[name].map { (name: name, figures: Figures.median($0)) } }
        let ratios = Figures.median(
            zip(runs["evaluated and written"] ?? [], runs["plain inserts"] ?? []).map { written, raw in
                var ratios = Figures()
                for clock in ["wall_seconds", "cpu_seconds"] { ratios[clock] = written[clock] / raw[clock] }
                return ratios
            })
        let alone = Figures.median(runs["evaluation alone"] ?? [])
        let ready = Figures.median(runs["frameworks ready"] ?? [])
        return BenchReport(
            title: "compliance",
            parameters: [
                ("findings", String(findings)), ("regions", String(regions)),
                (
                    "frameworks",
                    "\(Number.short(ready["frameworks"])) read, \(Number.short(alone["frameworks"])) for AWS"
                ),
                ("requirements", Number.short(alone["requirements"])),
                ("mapped checks", Number.short(alone["mapped_checks"])), ("runs", String(self.runs)),
            ],
            phases: phases, columns: Self.columns,
            targets: [
                Target(
                    name: "evaluated and written / plain inserts, wall", value: ratios["wall_seconds"], limit: 1.5,
                    kind: .atMost),
                Target(
                    name: "evaluated and written / plain inserts, CPU", value: ratios["cpu_seconds"], limit: 1.5,
                    kind: .atMost),
                Target(
                    name: "evaluation alone in ms of CPU", value: alone["cpu_seconds"] * 1000, limit: 50, kind: .atMost),
                Target(name: "frameworks ready in s", value: ready["wall_seconds"], limit: 0.5, kind: .atMost),
            ],
            notes: [
                "first evaluation in a process: \(Number.short(alone["first_cpu_seconds"] * 1000)) ms of CPU; "
                    + "tallies and compiling before it: \(Number.short(alone["prepare_cpu_seconds"] * 1000)) ms"
            ])
    }

    private static let columns: [BenchReport.Column] = [
        .init(title: "rows") { Number.short($0["compliance_rows"]) },
        .init(title: "rows/s") { figures in
            figures["compliance_rows"] > 0 ? Number.short(figures["compliance_rows"] / figures["wall_seconds"]) : "-"
        },
        .init(title: "wall s") { Number.seconds($0["wall_seconds"]) },
        .init(title: "CPU s") { Number.seconds($0["cpu_seconds"]) },
        .init(title: "peak MiB") { Number.mebibytes($0["peak_rss_bytes"]) },
        .init(title: "statements") { Number.short($0["statements"]) },
    ]
}
