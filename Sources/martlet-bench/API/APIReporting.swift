/// What the measurements of a server add up to.
struct APIReporting {
    /// Bytes of the store.
    let size: Int
    let rate: Int
    let seconds: Int
    var findings = 0
    var accounts = 0
    var hasWrk = true
    var ingest: (scans: Int, findings: Int, seconds: Double) = (0, 0, 0)
    var idle: Figures?
    var listeners: Figures?
    private var phases: [(name: String, figures: Figures, isBeside: Bool)] = []

    init(size: Int, rate: Int, seconds: Int) {
        self.size = size
        self.rate = rate
        self.seconds = seconds
    }

    /// Nothing was measured.
    var isEmpty: Bool { phases.isEmpty && idle == nil && listeners == nil }

    mutating func add(_ name: String, _ figures: Figures, isBeside: Bool) {
        phases.append((isBeside ? name + ", beside ingest" : name, figures, isBeside))
    }

    var report: BenchReport {
        BenchReport(
            title: "api",
            parameters: [
                ("database", "PostgreSQL"), ("findings", Number.short(Double(findings))),
                ("accounts", String(accounts)), ("size_MiB", Number.mebibytes(Double(size))), ("rate", String(rate)),
                ("seconds", String(seconds)),
            ],
            phases: phases.map { ($0.name, $0.figures) }
                + [("idle", idle), ("listeners", listeners)].compactMap {
                    name, figures in figures.map { (name, $0) }
                }, columns: Self.columns, targets: targets, notes: notes)
    }

    private static let columns: [BenchReport.Column] = [
        .init(title: "requests") { Number.short($0["requests"]) },
        .init(title: "failed") { Number.short($0["failed"]) },
        .init(title: "p50 ms") { ImportReporting.known($0, "p50_milliseconds") },
        .init(title: "p90 ms") { ImportReporting.known($0, "p90_milliseconds") },
        .init(title: "p99 ms") { ImportReporting.known($0, "p99_milliseconds") },
        .init(title: "largest") { ImportReporting.known($0, "largest_milliseconds") },
        .init(title: "at once") { ImportReporting.known($0, "most_at_once") },
        .init(title: "wrk/s") { ImportReporting.known($0, "wrk_per_second") },
    ]

    private var targets: [Target] {
        var targets = phases.map { phase in
            Target(
                name: "\(phase.name), p99 in ms", value: phase.figures["p99_milliseconds"],
                limit: phase.name.hasPrefix("scan asked for") ? 10 : 25, kind: .atMost)
        }
        let all = phases.map(\.figures) + [idle, listeners].compactMap { $0 }
        targets.append(
            Target(
                name: "requests without a good answer", value: all.reduce(0) { $0 + $1["failed"] }, limit: 0,
                kind: .atMost))
        if let idle {
            targets.append(
                Target(
                    name: "server with \(Number.short(idle["requests"])) idle connections, MB",
                    value: max(idle["bytes"], idle["again_bytes"]) / 1e6, limit: 300, kind: .atMost))
        }
        if let listeners {
            targets.append(
                Target(
                    name: "listeners that heard the scan's end", value: listeners["ended"],
                    limit: listeners["requests"], kind: .atLeast))
        }
        return targets
    }

    private var notes: [String] {
        var notes = [
            "latencies count from the moment at which a request was due; wrk: requests a second with 8 connections, each "
                + "sending the next when the one before is answered"
        ]
        if !hasWrk { notes.append("wrk is not installed: its column is empty") }
        if ingest.seconds > 0 {
            notes.append(
                "beside ingest: \(ingest.scans) scans published, "
                    + "\(Number.short(Double(ingest.findings) / ingest.seconds)) findings/s read by two workers")
        }
        if let idle {
            notes.append(
                "idle: server \(Number.short(idle["before_bytes"] / 1e6)) MB before, \(Number.short(idle["bytes"] / 1e6)) MB "
                    + "with the connections, opened and used in \(Number.short(idle["seconds"])) s; no good answer: "
                    + "\(Number.short(idle["failed_first"])) at the first use, "
                    + "\(Number.short(idle["failed_again"])) at the second")
        }
        if let listeners {
            notes.append(
                "listeners: \(Number.short(listeners["heard"])) heard the first event within "
                    + "\(Number.short(listeners["first_seconds"])) s of the first connection, the end within "
                    + "\(Number.short(listeners["end_spread_milliseconds"])) ms of each other; "
                    + "\(Number.short(listeners["events"])) events, server \(Number.short(listeners["bytes"] / 1e6)) MB"
            )
        }
        return notes
    }
}
