import MartletCore
import MartletPolicy
import MartletStore

/// The parts of compliance: evaluation alone, and evaluation with writing.
enum PosturePhase {
    /// Makes frameworks active in a store without evaluating them, so that the next phase has all rows to write.
    nonisolated static func activate(database: String, paths: [String]) async throws -> Figures {
        let frameworks = try FrameworkFiles(paths: paths).load().sorted { $0.id < $1.id }
        let store = try await Store.open(url: database, create: false)
        let tenant = store.tenant
        try await store.database.write { connection in
            for framework in frameworks {
                _ = try FrameworkRecords.activate(framework, tenant: tenant, connection)
            }
        }
        await store.close()
        return Figures()
    }

    /// Evaluates every framework in memory, several times over.
    nonisolated static func evaluate(database: String, times: String) async throws -> Figures {
        let times = try Phase.number(times)
        let store = try await Store.open(url: database, create: false)
        let account = try await PostureInput.account(of: store)
        let frameworks = try await PostureInput.frameworks(of: store)
        var prepare = Stopwatch()
        prepare.start()
        let input = try await store.database.read { connection in
            try PostureInput(account, frameworks: frameworks, connection)
        }
        prepare.stop()
        await store.close()

        var laps: [Figures] = []
        var sums = Sums()
        for _ in 0..<times {
            var watch = Stopwatch()
            watch.start()
            sums = Self.evaluate(input)
            watch.stop()
            var lap = Figures()
            lap.add(watch)
            laps.append(lap)
        }
        var figures = Figures.median(laps)
        figures["first_cpu_seconds"] = laps.first?["cpu_seconds"] ?? 0
        figures["prepare_cpu_seconds"] = prepare.cpu
        figures["compliance_rows"] = Double(sums.rows)
        figures["checksum"] = Double(sums.all)
        figures["frameworks"] = Double(input.compiled.count)
        figures["requirements"] = Double(input.compiled.reduce(0) { $0 + $1.framework.requirements.count })
        figures["mapped_checks"] = Double(
            input.compiled.reduce(0) { sum, entry in
                sum + entry.framework.requirements.reduce(0) { $0 + Int($1.totalChecks) }
            })
        return figures
    }

    /// Evaluates and writes in one transaction, by the calls that publish makes for compliance: tallies, rows, summaries.
    nonisolated static func write(database: String) async throws -> Figures {
        var measured = try await MeasuredStore.open(database)
        let store = measured.store
        let account = try await PostureInput.account(of: store)
        let frameworks = try await PostureInput.frameworks(of: store)
        let before = await store.statementCount
        measured.start()
        let rows = try await store.database.write { connection in
            let input = try PostureInput(account, frameworks: frameworks, connection)
            let evaluator = ComplianceEvaluator(grid: input.tallies.grid)
            var summaries: [(framework: Int64, summary: FrameworkSummary)] = []
            let generation = account.published
            let rows = try ComplianceRecords.replace(account.id, generation: generation, connection) { sink in
                for (number, framework) in input.compiled {
                    var summary = FrameworkSummary(requirementCount: framework.requirements.count)
                    try evaluator.evaluate(framework) { row in
                        summary.add(row)
                        try sink.add(framework: number, region: input.tallies.regions[Int(row.region)], row)
                    }
                    summaries.append((number, summary))
                }
            }
            try ComplianceRecords.replaceSummaries(summaries, account.id, generation: generation, connection)
            return rows
        }
        measured.stop()
        var figures = Figures()
        measured.add(to: &figures)
        figures["compliance_rows"] = Double(rows)
        figures["statements"] = Double(await store.statementCount - before)
        await store.close()
        return figures
    }

    /// Takes in everything that rows and summaries say, so that the compiler cannot leave any of it out.
    private struct Sums {
        var rows = 0
        var all = 0

        mutating func add(_ row: ComplianceRow) {
            rows += 1
            all &+= row.status.rawValue &+ Int(row.passedChecks) &+ Int(row.failedChecks) &+ Int(row.evaluatedChecks)
            all &+= Int(row.totalChecks) &+ row.passedFindings &+ row.totalFindings
            all &+= Int(row.region) &+ Int(row.requirement)
        }
    }

    private static func evaluate(_ input: PostureInput) -> Sums {
        let evaluator = ComplianceEvaluator(grid: input.tallies.grid)
        var sums = Sums()
        for (_, framework) in input.compiled {
            var summary = FrameworkSummary(requirementCount: framework.requirements.count)
            evaluator.evaluate(framework) { row in
                summary.add(row)
                sums.add(row)
            }
            sums.all &+= summary.failed
        }
        return sums
    }
}
