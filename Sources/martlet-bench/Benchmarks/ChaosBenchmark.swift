import Glibc
import MartletCore
import MartletEngine
import MartletGenerator
import MartletStore

/// `martlet-bench chaos`: scans by real workers that are killed and stopped, on a database that loses connections and is
/// restarted.
struct ChaosBenchmark {
    static let optionNames: Set<String> = [
        "database", "scans", "accounts", "findings", "workers", "faults", "restart", "seed", "seconds", "directory",
        "keep", "format",
    ]

    private let database: String
    private let scans: Int
    private let accounts: Int
    private let findings: Int
    private let workers: Int
    private let faults: Int
    private let restart: String?
    private let seed: UInt64
    private let seconds: Int
    private let json: Bool
    private let keep: Bool
    private let directory: String?

    init(options: BenchOptions) throws {
        guard let database = options.value("database"), PostgresSettings.accepts(database) else {
            throw MartletError(
                .usage, "expected postgresql://…: a file has one process of workers", place: "--database")
        }
        self.database = database
        scans = try options.integer("scans", in: 1...100_000) ?? 200
        accounts = try options.integer("accounts", in: 1...1_000) ?? 20
        findings = try options.integer("findings", in: 1...1_000_000) ?? 3_000
        workers = try options.integer("workers", in: 2...64) ?? 4
        faults = try options.integer("faults", in: 1...1_000_000) ?? 100
        restart = options.value("restart")
        seed = UInt64(try options.integer("seed", in: 0...Int.max) ?? Int.random(in: 0..<1_000_000))
        seconds = try options.integer("seconds", in: 1...100_000) ?? 900
        json = try options.wantsJSON()
        keep = options.has("keep")
        directory = options.value("directory")
    }

    func run() async throws {
        BenchProgram.write("chaos: seed \(seed)\n", to: STDERR_FILENO)
        let folder = try WorkFolder(parent: directory)
        defer { if !keep { folder.remove() } }
        let place = try BenchPlace(database: database, folder: folder).store("chaos")
        let report: ChaosReport
        do {
            report = try await run(on: place, in: folder)
        } catch {
            try? place.remove()
            throw error
        }
        try BenchPlace.end([place], keep: keep, in: folder)
        print(report)
        guard report.targets.allSatisfy(\.isMet) else {
            throw MartletError(.database, "the run with seed \(seed) shows what must not be")
        }
    }

    private func run(on place: any BenchStore, in folder: WorkFolder) async throws -> ChaosReport {
        let estate = try ChaosEstate(accounts: accounts, findings: findings, seed: seed, in: folder)
        let store = try await Store.open(url: place.url)
        try await estate.register(in: store)
        let crew = ChaosCrew(database: place.url)
        let watch = ChaosWatch(store)
        var generator = SplitMix64(seed: seed &+ 1)
        var asked: Set<String> = []
        let queue = ScanQueue(store: store)
        for _ in 0..<scans {
            guard let account = estate.accounts.randomElement(using: &generator),
                let file = estate.files[account]?.randomElement(using: &generator)
            else { continue }
            asked.insert(
                try await queue.start(account: "aws/" + account, order: ScanOrder(source: "file:" + file.path)))
        }
        do {
            try await crew.fill(workers)
            let faults = ChaosFaults(
                store: store, crew: crew, watch: watch, workers: workers, restart: restart, seed: seed)
            try await underFaults(faults, watch)
            let retried = try await settle(queue, crew, watch, store)
            let verdict = ChaosVerdict(store: store, estate: estate, scans: asked)
            for violation in try await verdict.violations() { await watch.fail(violation) }
            var report = await watch.report
            report.retried = retried
            report.published = try await store.read { try $0.scans() }.count { $0.state == .completed }
            await crew.end()
            await store.close()
            return report
        } catch {
            await crew.end()
            await store.close()
            throw error
        }
    }

    /// Faults for as long as there is work for them.
    private func underFaults(_ faults: ChaosFaults, _ watch: ChaosWatch) async throws {
        let number = self.faults
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await faults.run(number) }
            group.addTask {
                while try await watch.look() > 0 { try await Task.sleep(for: .milliseconds(50)) }
            }
            // Whichever ends first: no faults are left, or no work.
            try await group.next()
            group.cancelAll()
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !Task.isCancelled, !(error is CancellationError),
                    (error as? MartletError)?.code != .limit
                {
                    throw error
                }
            }
        }
    }

    /// Without faults all that is left ends; what had failed under them is asked for again. Gives how many those were.
    private func settle(
        _ queue: ScanQueue, _ crew: ChaosCrew, _ watch: ChaosWatch, _ store: Store
    ) async throws -> Int {
        for pid in await crew.pids { await crew.signal(SIGCONT, to: pid) }
        try await crew.fill(workers)
        var retried = 0
        let deadline = ContinuousClock().now + .seconds(seconds)
        while ContinuousClock().now < deadline {
            if try await watch.look() == 0 {
                let failed = try await store.read { try $0.scans() }.filter { $0.state == .failed }
                guard !failed.isEmpty, retried < scans * 3 else { return retried }
                for scan in failed { _ = try await queue.retry(scan.id) }
                retried += failed.count
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        await watch.fail("scans have not ended within \(seconds) s without faults")
        return retried
    }

    private func print(_ report: ChaosReport) {
        let figures = report.figures
        BenchReport(
            title: "chaos",
            parameters: [
                ("seed", String(seed)), ("scans", String(scans)), ("accounts", String(accounts)),
                ("findings", String(findings)), ("workers", String(workers)),
            ],
            phases: figures.values.keys.sorted().map { name in
                var one = Figures()
                one["value"] = figures[name]
                return (name: name, figures: one)
            },
            columns: [.init(title: "value") { Number.short($0["value"]) }], targets: report.targets,
            notes: report.violations.prefix(50).map { "violation: " + $0 } + report.slow.prefix(10)
        ).print(json: json)
    }
}
