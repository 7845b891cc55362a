extension ImportReporting {
    /// The table's columns; PostgreSQL has some more.
    var columns: [BenchReport.Column] {
        let server: [BenchReport.Column] = [.init(title: "server CPU s") { Self.known($0, "server_cpu_seconds") }]
        return Self.rates + (place.isPostgres ? server : []) + Self.parts
    }

    private static let rates: [BenchReport.Column] = [
        .init(title: "findings/s") { Number.short($0["read"] / $0["wall_seconds"]) },
        .init(title: "/CPU s") { Number.short($0["read"] / $0["cpu_seconds"]) },
        .init(title: "compliance rows/s") { figures in
            // The publish phase is the one that writes them; the baseline has no such phase.
            let seconds = figures["publish_seconds"]
            return seconds > 0 ? Number.short(figures["compliance_rows"] / seconds) : "-"
        },
        .init(title: "wall s") { Number.seconds($0["wall_seconds"]) },
        .init(title: "CPU s") { Number.seconds($0["cpu_seconds"]) },
    ]

    private static let parts: [BenchReport.Column] = [
        .init(title: "parse") { Number.seconds($0["parse_seconds"]) },
        .init(title: "ingest") { Number.seconds($0["ingest_seconds"]) },
        .init(title: "publish") { Number.seconds($0["publish_seconds"]) },
        .init(title: "batch ms") { known($0, "median_batch_seconds", times: 1000) },
        .init(title: "largest") { known($0, "largest_batch_seconds", times: 1000) },
        .init(title: "commits") { known($0, "commits_a_batch") },
        .init(title: "peak MiB") { Number.mebibytes($0["peak_rss_bytes"]) },
        .init(title: "statements") { Number.short($0["statements"]) },
        .init(title: "version rows") { known($0, "version_rows") },
        .init(title: "database MiB") { Number.mebibytes($0["database_bytes"]) },
        .init(title: "growth MiB") { Number.mebibytes($0["growth_bytes"]) },
    ]

    /// A dash for what was not measured.
    static func known(_ figures: Figures, _ name: String, times factor: Double = 1) -> String {
        figures.values[name].map { Number.short($0 * factor) } ?? "-"
    }
}
