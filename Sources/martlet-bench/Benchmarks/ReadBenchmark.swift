import MartletCore
import MartletStore

/// `martlet-bench read`: how long readers wait on a large store.
struct ReadBenchmark {
    static let optionNames: Set<String> = [
        "database", "findings", "accounts", "resources", "regions", "tags", "frameworks", "samples", "seconds", "runs",
        "directory", "keep", "reuse", "format",
    ]

    private let database: String?
    private let filling: StoreFilling
    private let samples: Int
    private let seconds: Int
    private let runs: Int
    private let json: Bool
    private let keep: Bool
    private let reuse: Bool
    private let directory: String?

    init(options: BenchOptions) throws {
        database = options.value("database")
        filling = try StoreFilling(options: options)
        samples = try options.integer("samples", in: 1...100_000) ?? 200
        seconds = try options.integer("seconds", in: 1...100_000) ?? 60
        runs = try options.integer("runs", in: 1...100) ?? 1
        json = try options.wantsJSON()
        reuse = options.has("reuse")
        keep = options.has("keep") || reuse
        directory = options.value("directory")
    }

    func run() async throws {
        let folder = try WorkFolder(parent: directory)
        let store = try store(in: folder)
        let staysInFolder = keep && database == nil
        defer { if !staysInFolder { folder.remove() } }
        try store.require(reuse: reuse)
        do {
            if !reuse { try filling.fill(store, in: folder) }
            let runsOfQuery = try measure(store)
            let size = try store.size()
            try BenchPlace.end([store], keep: keep, in: staysInFolder ? folder : nil)
            ReadReporting(isPostgres: store is PostgresBenchStore, size: size, runs: runsOfQuery).report.print(
                json: json)
        } catch {
            // What was there before stays; what was made for nothing goes.
            if !reuse { try? store.remove() }
            throw error
        }
    }

    /// Where the store is, or will be.
    private func store(in folder: WorkFolder) throws -> any BenchStore {
        guard let database else {
            guard !reuse else { throw MartletError(.usage, "--reuse needs the store's URL", place: "--database") }
            return SQLiteBenchStore(path: folder.file("store.db"))
        }
        guard PostgresSettings.accepts(database), try PostgresAddress(database).schema == nil else {
            return try BenchStores.store(database)
        }
        guard !reuse else {
            throw MartletError(.usage, "--reuse needs schema=NAME in the URL", place: "--database")
        }
        return try BenchPlace(database: database, folder: folder).store("read")
    }

    private func measure(_ store: any BenchStore) throws -> [ReadQuery: [Figures]] {
        var runsOfQuery: [ReadQuery: [Figures]] = [:]
        for _ in 0..<runs {
            for query in ReadQuery.allCases {
                let figures = try Phase.start(["read", store.url, query.rawValue, String(samples), String(seconds)])
                runsOfQuery[query, default: []].append(figures)
            }
        }
        return runsOfQuery
    }
}
