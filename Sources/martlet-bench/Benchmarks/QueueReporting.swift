/// What the runs of a queue benchmark add up to.
struct QueueReporting {
    let database: String
    let jobs: Int
    let finished: Int
    let runs: Int
    let phases: [(name: String, figures: Figures)]
    let isPostgres: Bool

    /// The name of the waiting worker's phase.
    static let pickUp = "pick-up"

    /// What is measured. A file has one writer: raw statements are sent by one connection there, too, whatever the number
    /// of workers.
    static func works(isPostgres: Bool) -> [QueueWork] {
        let clients: [QueueWork] = (isPostgres ? [1, 4] : [1]).map { .enqueue(clients: $0) }
        return clients
            + QueueBenchmark.batches.flatMap { batch in
                (isPostgres ? QueueBenchmark.workers : [1]).map { .work(workers: $0, batch: batch) }
            }
    }

    var report: BenchReport {
        let figures = Dictionary(phases.map { ($0.name, $0.figures) }) { first, _ in first }
        let ratios = Self.works(isPostgres: isPostgres).map { work in
            let rate = figures[work.name(isRaw: false)]?["jobs_per_second"] ?? 0
            let raw = figures[work.name(isRaw: true)]?["jobs_per_second"] ?? 0
            return Target(
                name: work.name(isRaw: false) + " / raw", value: rate / max(raw, 1e-9), limit: 0.7, kind: .atLeast)
        }
        let waiting = figures[Self.pickUp] ?? Figures()
        return BenchReport(
            title: "queue",
            parameters: [
                ("database", database), ("jobs", Number.short(Double(jobs))),
                ("finished", Number.short(Double(finished))), ("runs", String(runs)),
            ],
            phases: phases.filter { $0.name != Self.pickUp }, columns: columns,
            targets: ratios + [
                Target(
                    name: "pick-up, p99 in ms", value: waiting["p99_milliseconds"], limit: isPostgres ? 50 : 1_050,
                    kind: .atMost),
                Target(
                    name: "idle worker in MB", value: waiting["idle_bytes"] / 1e6, limit: 40, kind: .atMost),
            ],
            notes: [
                "pick-up: \(Number.short(waiting["samples"])) scans, p50 \(Number.short(waiting["p50_milliseconds"])) ms, "
                    + "p95 \(Number.short(waiting["p95_milliseconds"])) ms, "
                    + "largest \(Number.short(waiting["largest_milliseconds"])) ms; the worker afterwards: "
                    + "\(Number.short(waiting["idle_afterwards_bytes"] / 1e6)) MB"
            ])
    }

    private var columns: [BenchReport.Column] {
        let server = BenchReport.Column(title: "server CPU s") { ImportReporting.known($0, "server_cpu_seconds") }
        return [
            .init(title: "jobs/s") { Number.short($0["jobs_per_second"]) },
            .init(title: "seconds") { Number.seconds($0["wall_seconds"]) },
            .init(title: "CPU s") { Number.seconds($0["cpu_seconds"]) },
        ] + (isPostgres ? [server] : [])
    }
}
