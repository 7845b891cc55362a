import Glibc
import MartletCore
import MartletSimulation

/// `martlet-bench simulate`: schedules of the queue's protocol, its mutants, and the exhaustive search of a small scope.
struct SimulateCommand {
    static let optionNames: Set<String> = [
        "schedules", "seed", "schedule-seed", "mutant", "mutants", "exhaustive", "tasks",
    ]

    private let options: BenchOptions
    private let seed: UInt64
    private let schedules: Int
    private let tasks: Int
    private let mutant: Mutant?

    init(_ options: BenchOptions) throws {
        self.options = options
        seed = try Self.number(options, "seed") ?? SystemRandomNumberGenerator.seed()
        schedules = try options.integer("schedules", in: 1...1_000_000_000) ?? 1_000_000
        tasks = try options.integer("tasks", in: 1...256) ?? 2
        mutant = try options.value("mutant").map { name in
            guard let mutant = Mutant(rawValue: name) else {
                let names = Mutant.allCases.map(\.rawValue).joined(separator: ", ")
                throw MartletError(.usage, "there is no such mutant; there are \(names)", place: "--mutant")
            }
            return mutant
        }
    }

    func run() async throws {
        if let one = try Self.number(options, "schedule-seed") { return try runOne(one) }
        Self.note("seed \(seed)")
        if options.has("mutants") { return try await runMutants() }
        if options.has("exhaustive") { return try await search() }
        try await runAll()
    }

    private func runOne(_ seed: UInt64) throws {
        let outcome = Schedule.run(seed: seed, mutant: mutant, isTraced: true)
        for line in outcome.trace { Self.say(line) }
        try require(outcome.violation, seed)
    }

    private func runAll() async throws {
        var watch = Stopwatch()
        watch.start()
        let campaign = Campaign(seed: seed, schedules: schedules, mutant: mutant, tasks: tasks)
        let report = await campaign.run { done in
            if done.isMultiple(of: 100_000) { Self.note("\(done) schedules") }
        }
        watch.stop()
        let counts = report.counts
        Self.say("seed \(seed): \(report.schedules) schedules, \(counts.events) events, \(counts.claims) claims,")
        Self.say("\(counts.takeovers) takeovers, \(counts.publishes) publishes, \(Int(watch.cpu)) s of CPU")
        if let failure = report.failure {
            let again = Schedule.run(seed: failure.seed, mutant: mutant, isTraced: true)
            for line in again.trace { Self.say(line) }
            try require(failure.violation, failure.seed)
        }
        Self.say("no property was broken")
    }

    /// Which property each defect breaks, and in which schedule.
    private func runMutants() async throws {
        var unnoticed: [String] = []
        for mutant in Mutant.allCases {
            let report = await Campaign(seed: seed, schedules: schedules, mutant: mutant, tasks: tasks).run()
            let found = report.failure?.violation?.property.rawValue
            if found == nil { unnoticed.append(mutant.rawValue) }
            Self.say("| `\(mutant.rawValue)` | `\(found ?? "nothing")` | \(report.schedules) |")
        }
        guard unnoticed.isEmpty else {
            throw MartletError(
                .conflict, "nothing noticed \(unnoticed.joined(separator: ", ")); look at more schedules")
        }
    }

    private func search() async throws {
        for bounds in SmallBounds.large {
            var watch = Stopwatch()
            watch.start()
            let report = await SmallSearch(bounds: bounds, mutant: mutant).run()
            watch.stop()
            Self.say(
                "\(bounds): \(report.states) states, \(report.steps) steps, depth \(report.depth), \(report.ends) ends")
            Self.say("\(Int(watch.cpu)) s of CPU\(report.isComplete ? "" : ", not complete")")
            for step in report.path { Self.say("    \(step)") }
            if let violation = report.violation { throw MartletError(.conflict, violation.description) }
        }
    }

    private func require(_ violation: Violation?, _ seed: UInt64) throws {
        guard let violation else { return }
        let option = mutant.map { " --mutant \($0.rawValue)" } ?? ""
        throw MartletError(.conflict, "\(violation); see it again with --schedule-seed \(seed)\(option)")
    }

    private static func number(_ options: BenchOptions, _ name: String) throws -> UInt64? {
        guard let text = options.value(name) else { return nil }
        guard let number = UInt64(text) else {
            throw MartletError(.usage, "expected a whole number from 0, got '\(text)'", place: "--" + name)
        }
        return number
    }

    private static func say(_ line: String) { BenchProgram.write(line + "\n", to: STDOUT_FILENO) }

    private static func note(_ line: String) { BenchProgram.write(line + "\n", to: STDERR_FILENO) }
}

extension SystemRandomNumberGenerator {
    /// A seed that nobody chose.
    fileprivate static func seed() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
