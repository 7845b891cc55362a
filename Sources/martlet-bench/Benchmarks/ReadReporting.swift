/// What the runs of a read benchmark add up to.
struct ReadReporting {
    let isPostgres: Bool
    /// Bytes of the store.
    let size: Int
    let runs: [ReadQuery: [Figures]]

    var report: BenchReport {
        let phases = ReadQuery.allCases.compactMap { query in
            runs[query].map { runs in
                let figures = Figures.median(runs)
                return (name: query.title(page: Int(figures["page"])), figures: figures)
            }
        }
        let stored = phases.first?.figures ?? Figures()
        return BenchReport(
            title: "read",
            parameters: [
                ("database", isPostgres ? "PostgreSQL" : "SQLite"), ("findings", Number.short(stored["findings"])),
                ("accounts", Number.short(stored["accounts"])), ("size_MiB", Number.mebibytes(Double(size))),
                ("runs", String(runs.values.first?.count ?? 0)),
            ],
            phases: phases, columns: columns,
            targets: phases.map { phase in
                Target(
                    name: "\(phase.name), p99 in ms", value: phase.figures["p99_milliseconds"], limit: 20,
                    kind: .atMost)
            },
            notes: ["rows, CPU and server CPU are of one sample, on average"])
    }

    private var columns: [BenchReport.Column] {
        let server = BenchReport.Column(title: "server CPU ms") { ImportReporting.known($0, "server_milliseconds") }
        return [
            .init(title: "samples") { Number.short($0["samples"]) },
            .init(title: "rows") { Number.short($0["rows"]) },
            .init(title: "p50 ms") { Number.short($0["p50_milliseconds"]) },
            .init(title: "p95 ms") { Number.short($0["p95_milliseconds"]) },
            .init(title: "p99 ms") { Number.short($0["p99_milliseconds"]) },
            .init(title: "largest") { Number.short($0["largest_milliseconds"]) },
            .init(title: "CPU ms") { Number.short($0["cpu_milliseconds"]) },
        ] + (isPostgres ? [server] : [])
    }
}
