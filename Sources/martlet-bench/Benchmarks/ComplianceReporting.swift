/// What the runs of a compliance benchmark add up to.
struct ComplianceReporting {
    let benchmark: ComplianceBenchmark
    let place: BenchPlace
    let runs: [CompliancePhaseName: [Figures]]

    /// Wall seconds of the reference for the same work (design.md's baseline), by findings and regions.
    private static let reference: [(findings: Int, regions: Int, seconds: Double)] = [
        (100, 3, 0.61), (1_000, 8, 1.44), (10_000, 20, 3.57),
    ]

    private func median(_ name: CompliancePhaseName) -> Figures { Figures.median(runs[name] ?? []) }

    var report: BenchReport {
        let alone = median(.alone)
        let ready = median(.ready)
        return BenchReport(
            title: "compliance",
            parameters: [
                ("database", place.name), ("findings", String(benchmark.findings)),
                ("regions", String(benchmark.regions)),
                (
                    "frameworks",
                    "\(Number.short(ready["frameworks"])) read, \(Number.short(alone["frameworks"])) for AWS"
                ),
                ("requirements", Number.short(alone["requirements"])),
                ("mapped checks", Number.short(alone["mapped_checks"])), ("runs", String(benchmark.runs)),
            ],
            phases: CompliancePhaseName.allCases.compactMap { name in
                runs[name].map { (name: name.title(postgres: place.isPostgres), figures: Figures.median($0)) }
            }, columns: columns, targets: (place.isPostgres ? postgresTargets : sqliteTargets) + targets,
            notes: [
                "first evaluation in a process: \(Number.short(alone["first_cpu_seconds"] * 1000)) ms of CPU; "
                    + "tallies and compiling before it: \(Number.short(alone["prepare_cpu_seconds"] * 1000)) ms"
            ])
    }

    private var ratios: Figures {
        Figures.median(
            zip(runs[.written] ?? [], runs[.raw] ?? []).map { written, raw in
                var ratios = Figures()
                for clock in ["wall_seconds", "cpu_seconds"] { ratios[clock] = written[clock] / raw[clock] }
                return ratios
            })
    }

    private var targets: [Target] {
        [
            Target(
                name: "evaluation alone in ms of CPU", value: median(.alone)["cpu_seconds"] * 1000, limit: 50,
                kind: .atMost),
            Target(name: "frameworks ready in s", value: median(.ready)["wall_seconds"], limit: 0.5, kind: .atMost),
        ]
    }

    private var sqliteTargets: [Target] {
        [
            Target(
                name: "evaluated and written / plain inserts, wall", value: ratios["wall_seconds"], limit: 1.5,
                kind: .atMost),
            Target(
                name: "evaluated and written / plain inserts, CPU", value: ratios["cpu_seconds"], limit: 1.5,
                kind: .atMost),
        ]
    }

    private var postgresTargets: [Target] {
        let written = median(.written)
        var targets = [
            Target(
                name: "evaluated and written / binary COPY, wall", value: ratios["wall_seconds"], limit: 1.3,
                kind: .atMost),
            Target(
                name: "evaluated and written, growth of resident memory in MB",
                value: written["memory_growth_bytes"] / 1_000_000, limit: 8, kind: .atMost),
        ]
        let reference = Self.reference.first { $0.findings == benchmark.findings && $0.regions == benchmark.regions }
        if let reference {
            targets.append(
                Target(
                    name: "times as fast as the reference (\(Number.short(reference.seconds)) s)",
                    value: reference.seconds / written["wall_seconds"], limit: 9, kind: .atLeast))
        }
        if benchmark.findings == 10_000, benchmark.regions == 20 {
            targets.append(
                Target(
                    name: "evaluated and written in s", value: written["wall_seconds"], limit: 0.4, kind: .atMost))
        }
        return targets
    }

    private var columns: [BenchReport.Column] {
        let server: [BenchReport.Column] = [
            .init(title: "server CPU s") { ImportReporting.known($0, "server_cpu_seconds") }
        ]
        return [
            .init(title: "rows") { Number.short($0["compliance_rows"]) },
            .init(title: "rows/s") { figures in
                figures["compliance_rows"] > 0
                    ? Number.short(figures["compliance_rows"] / figures["wall_seconds"]) : "-"
            },
            .init(title: "wall s") { Number.seconds($0["wall_seconds"]) },
            .init(title: "CPU s") { Number.seconds($0["cpu_seconds"]) },
        ] + (place.isPostgres ? server : []) + [
            .init(title: "peak MiB") { Number.mebibytes($0["peak_rss_bytes"]) },
            .init(title: "growth MB") { ImportReporting.known($0, "memory_growth_bytes", times: 1e-6) },
            .init(title: "statements") { Number.short($0["statements"]) },
        ]
    }
}
