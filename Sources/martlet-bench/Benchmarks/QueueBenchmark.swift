import MartletCore
import MartletStore

/// `martlet-bench queue`: what the queue does in a second, beside the same statements sent raw.
struct QueueBenchmark {
    static let optionNames: Set<String> = [
        "database", "jobs", "finished", "samples", "runs", "directory", "keep", "format",
    ]

    /// Workers at the same time.
    static let workers = [1, 4, 16]
    /// Jobs that one claim takes.
    static let batches = [1, 16]

    private let database: String?
    private let jobs: Int
    private let finished: Int
    private let samples: Int
    private let runs: Int
    private let json: Bool
    private let keep: Bool
    private let directory: String?

    init(options: BenchOptions) throws {
        database = options.value("database")
        jobs = try options.integer("jobs", in: 16...1_000_000) ?? 3_200
        finished = try options.integer("finished", in: 0...100_000_000) ?? 1_000_000
        samples = try options.integer("samples", in: 1...100_000) ?? 200
        runs = try options.integer("runs", in: 1...100) ?? 1
        json = try options.wantsJSON()
        keep = options.has("keep")
        directory = options.value("directory")
        guard jobs % 16 == 0 else {
            throw MartletError(.usage, "expected a multiple of 16, got \(jobs)", place: "--jobs")
        }
    }

    func run() throws {
        let folder = try WorkFolder(parent: directory)
        defer { if !keep { folder.remove() } }
        let place = try BenchPlace(database: database, folder: folder)
        let stores = ["queue", "pickup"].map { place.store($0) }
        defer { try? BenchPlace.end(stores, keep: keep, in: folder) }
        var phases: [(name: String, figures: [Figures])] = []
        func add(_ name: String, _ figures: Figures) {
            guard let index = phases.firstIndex(where: { $0.name == name }) else {
                return phases.append((name, [figures]))
            }
            phases[index].figures.append(figures)
        }
        for store in stores { try store.remove() }
        _ = try Phase.start(["queue-fill", stores[0].url, String(jobs), String(finished)])
        try stores[0].tidy()
        let file = folder.file("scan.ndjson")
        let estate = EstateFile(findings: 10, resources: 5, regions: 1, tags: 1, catalog: nil, account: 1)
        _ = try estate.writeFirst(to: file)
        _ = try Phase.start(["import", stores[1].url, file, "3000"])
        for _ in 0..<runs {
            let work = QueueReporting.works(isPostgres: place.isPostgres)
            for work in work {
                for isRaw in [false, true] {
                    // The other's dead rows are not this one's.
                    try stores[0].tidy()
                    add(work.name(isRaw: isRaw), try Phase.start(work.phase(stores[0].url, jobs: jobs, isRaw: isRaw)))
                }
            }
            add(QueueReporting.pickUp, try Phase.start(["pick-up", stores[1].url, file, String(samples)]))
        }
        QueueReporting(
            database: place.name, jobs: jobs, finished: finished, runs: runs,
            phases: phases.map { ($0.name, Figures.median($0.figures)) }, isPostgres: place.isPostgres
        ).report.print(json: json)
    }
}
