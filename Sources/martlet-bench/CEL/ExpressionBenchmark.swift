import MartletCEL
import MartletCore

/// `martlet-bench cel`: how fast expressions are evaluated, and the official conformance tests.
struct ExpressionBenchmark {
    static let optionNames: Set<String> = ["evaluations", "runs", "conformance", "format"]

    /// Evaluations that a second of CPU time must allow.
    private static let target = 1_500_000.0

    private let evaluations: Int
    private let runs: Int
    private let conformance: String?
    private let wantsJSON: Bool

    init(options: BenchOptions) throws {
        evaluations = try options.integer("evaluations", in: 1...1_000_000_000) ?? 2_000_000
        runs = try options.integer("runs", in: 1...99) ?? 3
        conformance = options.value("conformance")
        wantsJSON = try options.wantsJSON()
    }

    func run() throws {
        if let conformance { return try ConformanceReport(folder: conformance).print(json: wantsJSON) }
        let subject = try ExpressionSubject()
        guard case .success(true) = subject.program.test(subject.bindings), ExpressionSubject.byHand(subject.resource)
        else { throw MartletError(.conflict, "the predicate must hold both ways") }
        var all: [[(String, Figures)]] = []
        for _ in 0..<runs {
            all.append([
                ("parse", try parse(subject)), ("compile", try compile()), ("cel", evaluate(subject)),
                ("by hand", byHand(subject)),
            ])
        }
        let phases = (0..<4).map { index in
            (name: all[0][index].0, figures: Figures.median(all.map { $0[index].1 }))
        }
        report(phases, subject)
    }

    private func report(_ phases: [(name: String, figures: Figures)], _ subject: ExpressionSubject) {
        let rate = phases[2].figures["per_cpu_second"]
        let ratio = phases[3].figures["per_cpu_second"] / max(1, rate)
        let parameters = [
            (name: "evaluations", value: String(evaluations)),
            (name: "resource bytes", value: String(subject.json.count)),
            (name: "runs", value: String(runs)),
        ]
        let columns = [
            BenchReport.Column(title: "CPU s") { Number.seconds($0["cpu_seconds"]) },
            BenchReport.Column(title: "1/CPU s") { Number.short($0["per_cpu_second"]) },
            BenchReport.Column(title: "peak MiB") { Number.mebibytes($0["peak_rss_bytes"]) },
        ]
        let target = Target(
            name: "evaluations per CPU second", value: rate, limit: Self.target, kind: .atLeast)
        BenchReport(
            title: "cel", parameters: parameters, phases: phases, columns: columns, targets: [target],
            notes: ["the same predicate by hand in Swift runs \(Number.short(ratio)) times as often"]
        ).print(json: wantsJSON)
    }

    private func measured(_ count: Int, _ work: () throws -> Void) rethrows -> Figures {
        var watch = Stopwatch()
        watch.start()
        try work()
        watch.stop()
        var figures = Figures()
        figures.add(watch)
        figures["per_cpu_second"] = Double(count) / max(watch.cpu, 1e-9)
        return figures
    }

    private func parse(_ subject: ExpressionSubject) throws -> Figures {
        let count = max(1, evaluations / 50)
        return try measured(count) {
            for _ in 0..<count { _ = try CELValue.parse(json: subject.json) }
        }
    }

    private func compile() throws -> Figures {
        let count = max(1, evaluations / 100)
        let environment = CELEnvironment(variables: [CELVariable("resource")])
        return try measured(count) {
            for _ in 0..<count { _ = try CELProgram(ExpressionSubject.source, environment: environment) }
        }
    }

    private func evaluate(_ subject: ExpressionSubject) -> Figures {
        measured(evaluations) {
            var failures = 0
            for _ in 0..<evaluations {
                if case .success(true) = subject.program.test(subject.bindings) { continue }
                failures += 1
            }
            if failures > 0 { BenchProgram.write("\(failures) evaluations failed\n", to: 2) }
        }
    }

    private func byHand(_ subject: ExpressionSubject) -> Figures {
        measured(evaluations) {
            var failures = 0
            for _ in 0..<evaluations where !ExpressionSubject.byHand(subject.resource) { failures += 1 }
            if failures > 0 { BenchProgram.write("\(failures) evaluations failed\n", to: 2) }
        }
    }
}
