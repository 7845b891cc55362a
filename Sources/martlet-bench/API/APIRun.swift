import Glibc
import MartletCore
import MartletStore

/// One measurement of a server on a store that has been filled.
struct APIRun {
    let benchmark: APIBenchmark
    let store: any BenchStore
    let folder: WorkFolder
    let program: String
    private let environment: [String: String]

    init(benchmark: APIBenchmark, store: any BenchStore, folder: WorkFolder, program: String) throws {
        self.benchmark = benchmark
        self.store = store
        self.folder = folder
        self.program = program
        let key = (0..<32).map { _ in String(Int.random(in: 256...511), radix: 16).suffix(2) }.joined()
        environment = ["MARTLET_SECRET_KEY": key, "MARTLET_HOME": folder.path, "HOME": folder.path]
    }

    func report() async throws -> BenchReport {
        var reporting = APIReporting(size: try store.size(), rate: benchmark.rate, seconds: benchmark.seconds)
        let sources = try ingestSources()
        try martlet([
            "source", "add", ScanPosting.source, "--replace", "--output", "stdout", "--command", #"["/bin/true"]"#,
        ])
        let server = try APIServer(
            program: program, database: store.url, folder: folder, environment: environment)
        defer { server.process.stop() }
        let opened = try await Store.open(url: store.url)
        let known = try await opened.read { try $0.accounts() }
        reporting.findings = known.reduce(0) { $0 + Int($1.summary.total) }
        reporting.accounts = known.count
        try measureAlone(server, &reporting)
        try await measureBesideIngest(server, sources, opened, &reporting)
        if benchmark.idle > 0, isWanted("idle") {
            say("idle connections")
            reporting.idle = try IdleConnections(place: try server.place(), count: benchmark.idle).run(server.process)
        }
        if benchmark.listeners > 0, isWanted("listeners"), let source = sources.first {
            say("listeners")
            reporting.listeners = try await listen(server, source, opened)
        }
        await opened.close()
        guard !reporting.isEmpty else {
            throw MartletError(.usage, "no measurement has this text in its name", place: "--only")
        }
        return reporting.report
    }

    /// A line for whoever waits.
    private func say(_ text: String) { BenchProgram.write(text + "\n", to: STDERR_FILENO) }

    private func isWanted(_ name: String) -> Bool { benchmark.only.map { name.contains($0) } ?? true }

    private func martlet(_ arguments: [String]) throws {
        try SpawnedProcess.run(
            program, arguments + ["--database", store.url], errors: folder.file("martlet.log"),
            environment: environment)
    }

    private func worker() throws -> SpawnedProcess {
        try SpawnedProcess(
            program, ["worker", "--database", store.url, "--concurrency", "1"], errors: folder.file("worker.log"),
            environment: environment)
    }

    /// Two accounts beside those that are read, with two scans each.
    private func ingestSources() throws -> [IngestLoad.Source] {
        try (1...2).map { number in
            let account = benchmark.fill.accounts + number
            let estate = EstateFile(
                findings: benchmark.ingestFindings, resources: nil, regions: benchmark.fill.regions,
                tags: benchmark.fill.tags, catalog: nil, account: account)
            let files = [folder.file("ingest-\(number)-1.ndjson"), folder.file("ingest-\(number)-2.ndjson")]
            _ = try estate.writeFirst(to: files[0])
            _ = try estate.writeNext(changed: 0.01, to: files[1])
            let key = "aws/\(123_456_789_011 + account)"
            try martlet(["account", "add", key])
            return IngestLoad.Source(account: key, files: files)
        }
    }

    private func measureAlone(_ server: APIServer, _ reporting: inout APIReporting) throws {
        let wrk = Wrk(seconds: benchmark.wrkSeconds, connections: 8)
        reporting.hasWrk = wrk != nil || benchmark.wrkSeconds == 0
        for query in try queries(server) {
            say(query.name)
            let place = try server.place()
            var figures = try load(query.targets.map { place.request("GET", $0) }, place)
            if let wrk { figures["wrk_per_second"] = try wrk.rate(of: query.targets[0], at: place, folder: folder) }
            reporting.add(query.name, figures, isBeside: false)
        }
        try post(server, &reporting, isBeside: false)
    }

    private func measureBesideIngest(
        _ server: APIServer, _ sources: [IngestLoad.Source], _ opened: Store, _ reporting: inout APIReporting
    ) async throws {
        let queries = try queries(server)
        guard !queries.isEmpty || isWanted("scan asked for") else { return }
        let workers = [try worker(), try worker()]
        defer { for worker in workers { worker.stop() } }
        let ingest = IngestLoad(sources, in: opened)
        let start = Stopwatch.now()
        for query in queries {
            say(query.name + ", beside ingest")
            let place = try server.place()
            reporting.add(
                query.name, try load(query.targets.map { place.request("GET", $0) }, place), isBeside: true)
        }
        try post(server, &reporting, isBeside: true)
        reporting.ingest = (ingest.figures.scans, ingest.figures.findings, Stopwatch.now() - start)
        try await ingest.stop()
    }

    private func queries(_ server: APIServer) throws -> [APIQuery] {
        try APIQuery.all(try server.place()).filter { isWanted($0.name) }
    }

    private func load(_ requests: [[UInt8]], _ place: APIPlace) throws -> Figures {
        var loop = OpenLoop(
            port: place.port, requests: requests, rate: Double(benchmark.rate), seconds: Double(benchmark.seconds))
        // Connections to the database and what is kept of postures exist in a server that has been asked before.
        loop.warmUp = max(20, requests.count)
        return try loop.run()
    }

    private func post(_ server: APIServer, _ reporting: inout APIReporting, isBeside: Bool) throws {
        guard isWanted("scan asked for") else { return }
        say("asking for scans")
        let place = try server.place()
        let accounts = APIQuery.ids(of: try place.ask("GET", "/api/v1/providers?page%5Bsize%5D=100"))
        reporting.add(
            "scan asked for", try load(ScanPosting(accounts: accounts).requests(place), place), isBeside: isBeside)
        try ScanPosting.remove(from: store)
    }

    /// Listens to a scan that waits, lets a worker do it, and hears its end.
    private func listen(_ server: APIServer, _ source: IngestLoad.Source, _ opened: Store) async throws -> Figures {
        let scan = try await IngestLoad.start(source.files[0], of: source.account, in: opened)
        var worker: SpawnedProcess?
        defer { worker?.stop() }
        return try Listeners(place: try server.place(), count: benchmark.listeners).run(scan, server.process) {
            worker = try self.worker()
        }
    }
}
