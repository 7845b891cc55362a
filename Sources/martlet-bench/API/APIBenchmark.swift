import Glibc
import MartletCore
import MartletStore

/// `martlet-bench api`: how long clients of the real server wait, on a large store, alone and beside workers that ingest.
struct APIBenchmark {
    static let optionNames: Set<String> = [
        "database", "findings", "accounts", "resources", "regions", "tags", "frameworks", "ingest-findings", "rate",
        "seconds", "wrk-seconds", "idle", "listeners", "program", "directory", "keep", "reuse", "format", "only",
    ]

    let database: String
    let fill: StoreFilling
    let ingestFindings: Int
    let rate: Int
    let seconds: Int
    let wrkSeconds: Int
    let idle: Int
    let listeners: Int
    let only: String?
    private let program: String?
    private let json: Bool
    private let keep: Bool
    private let reuse: Bool
    private let directory: String?

    init(options: BenchOptions) throws {
        guard let database = options.value("database"), PostgresSettings.accepts(database) else {
            throw MartletError(.usage, "the server is measured on PostgreSQL: --database postgresql://…")
        }
        self.database = database
        fill = try StoreFilling(options: options)
        ingestFindings = try options.integer("ingest-findings", in: 1...10_000_000) ?? 100_000
        rate = try options.integer("rate", in: 1...100_000) ?? 100
        seconds = try options.integer("seconds", in: 1...3_600) ?? 10
        wrkSeconds = try options.integer("wrk-seconds", in: 0...3_600) ?? 5
        idle = try options.integer("idle", in: 0...1_000_000) ?? 10_000
        listeners = try options.integer("listeners", in: 0...100_000) ?? 1_000
        only = options.value("only")
        program = options.value("program")
        json = try options.wantsJSON()
        reuse = options.has("reuse")
        keep = options.has("keep") || reuse
        directory = options.value("directory")
    }

    func run() async throws {
        let program = try program ?? WorkerProcess.program()
        try IdleConnections.allow(max(idle, listeners))
        let folder = try WorkFolder(parent: directory)
        defer { if !keep { folder.remove() } }
        let store = try self.store(in: folder)
        try store.require(reuse: reuse)
        do {
            if !reuse { try fill.fill(store, in: folder) }
            let report = try await APIRun(benchmark: self, store: store, folder: folder, program: program).report()
            try BenchPlace.end([store], keep: keep, in: keep ? folder : nil)
            report.print(json: json)
        } catch {
            if !keep { try? store.remove() }
            throw error
        }
    }

    private func store(in folder: WorkFolder) throws -> any BenchStore {
        guard try PostgresAddress(database).schema == nil else { return try BenchStores.store(database) }
        guard !reuse else {
            throw MartletError(.usage, "--reuse needs schema=NAME in the URL", place: "--database")
        }
        return try BenchPlace(database: database, folder: folder).store("api")
    }
}
