/// What the runs of an import's benchmark add up to.
struct ImportReporting {
    let benchmark: ImportBenchmark
    let place: BenchPlace
    let runs: [ImportPhaseName: [Figures]]
    let inputBytes: Int

    var report: BenchReport {
        let phases = ImportPhaseName.allCases.compactMap { name in
            runs[name].map { (name: name.title(postgres: place.isPostgres), figures: Figures.median($0)) }
        }
        return BenchReport(
            title: "import", parameters: parameters, phases: phases, columns: columns,
            targets: place.isPostgres ? postgresTargets : sqliteTargets,
            notes: notes)
    }

    /// What a busy machine spoils least.
    private var notes: [String] {
        let (first, raw) = (median(.first), median(.raw))
        guard place.isPostgres, first["server_cpu_seconds"] > 0, raw["server_cpu_seconds"] > 0 else { return [] }
        let server = raw["server_cpu_seconds"] / first["server_cpu_seconds"]
        let all =
            (raw["server_cpu_seconds"] + raw["cpu_seconds"]) / (first["server_cpu_seconds"] + first["cpu_seconds"])
        return [
            "server CPU is that of the sessions' own processes",
            "first import / binary COPY by CPU: server \(Number.short(server)), server and client \(Number.short(all))",
        ]
    }

    private var parameters: [(name: String, value: String)] {
        let estate = benchmark.estate
        return [
            ("database", place.name), ("findings", String(estate.findings)),
            ("resources", String(estate.resources ?? (estate.findings + 1) / 2)),
            ("regions", String(estate.regions)), ("tags", String(estate.tags)),
            ("frameworks", benchmark.frameworks.isEmpty ? "none" : benchmark.frameworks.joined(separator: " ")),
            ("batch", String(benchmark.batchSize)),
            ("groups", benchmark.groups == 0 ? "none" : String(benchmark.groups)),
            ("runs", String(benchmark.runs)), ("input_MiB", Number.mebibytes(Double(inputBytes))),
        ]
    }

    private func median(_ name: ImportPhaseName) -> Figures { Figures.median(runs[name] ?? []) }

    /// Medians of the ratios of each run, so that a machine that is busy for a while doesn't mix runs.
    private var ratios: Figures {
        Figures.median(
            zip(runs[.first] ?? [], zip(runs[.raw] ?? [], runs[.unchanged] ?? [])).map { first, others in
                var ratios = Figures()
                for clock in ["wall", "cpu"] {
                    let seconds = clock + "_seconds"
                    ratios["first_of_raw_" + clock] = others.0[seconds] / first[seconds]
                    ratios["unchanged_to_first_" + clock] = first[seconds] / others.1[seconds]
                }
                return ratios
            })
    }

    private var memory: Target {
        let peak = [ImportPhaseName.first, .unchanged, .changed].map { median($0)["peak_rss_bytes"] }.max() ?? 0
        return Target(name: "largest resident memory in MiB", value: peak / 1_048_576, limit: 256, kind: .atMost)
    }

    private var sqliteTargets: [Target] {
        let ratios = ratios
        return [
            Target(
                name: "first import / plain inserts, wall", value: ratios["first_of_raw_wall"], limit: 0.25,
                kind: .atLeast),
            Target(
                name: "first import / plain inserts, CPU", value: ratios["first_of_raw_cpu"], limit: 0.25,
                kind: .atLeast),
            Target(
                name: "unchanged / first import, wall", value: ratios["unchanged_to_first_wall"], limit: 3,
                kind: .atLeast),
            Target(
                name: "unchanged / first import, CPU", value: ratios["unchanged_to_first_cpu"], limit: 3,
                kind: .atLeast),
            memory,
        ]
    }

    private var postgresTargets: [Target] {
        let (first, unchanged, changed) = (median(.first), median(.unchanged), median(.changed))
        let findings = benchmark.estate.findings
        var targets = [
            Target(
                name: "first import, findings/s", value: first["read"] / first["wall_seconds"],
                limit: findings < 100_000 ? 30_000 : 25_000, kind: .atLeast),
            Target(
                name: "first import / binary COPY, wall", value: ratios["first_of_raw_wall"], limit: 0.5,
                kind: .atLeast),
        ]
        if findings <= 30_000 {
            let size = first["database_bytes"] / 1_048_576
            targets.append(Target(name: "database after it in MiB", value: size, limit: 65, kind: .atMost))
        }
        targets += [
            Target(
                name: "unchanged, findings/s", value: unchanged["read"] / unchanged["wall_seconds"], limit: 100_000,
                kind: .atLeast),
            Target(
                name: "unchanged, growth in MiB", value: unchanged["growth_bytes"] / 1_048_576, limit: 1, kind: .atMost),
            Target(name: "unchanged, version rows", value: unchanged["version_rows"], limit: 0, kind: .atMost),
            Target(
                name: "changed, findings/s", value: changed["read"] / changed["wall_seconds"], limit: 80_000,
                kind: .atLeast),
        ]
        if first["batches"] > 0 {
            targets += [
                Target(
                    name: "first import, largest batch in ms", value: first["largest_batch_seconds"] * 1000, limit: 100,
                    kind: .atMost),
                Target(
                    name: "first import, commits a batch", value: first["commits_a_batch"], limit: 1, kind: .atMost),
            ]
        }
        return targets + [memory]
    }
}
