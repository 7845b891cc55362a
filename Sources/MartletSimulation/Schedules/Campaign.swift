/// Many schedules, whose seeds follow from one seed.
public struct Campaign: Sendable {
    /// What came of it.
    public struct Report: Sendable {
        /// Schedules that ran, up to the first in which a property did not hold.
        public var schedules = 0
        /// How much happened in all.
        public var counts = ScheduleCounts()
        /// The first schedule, in the order of seeds, in which a property did not hold.
        public var failure: ScheduleOutcome?
    }

    private let seed: UInt64
    private let schedules: Int
    private let mutant: Mutant?
    private let watched: Property?
    private let tasks: Int

    /// - Parameters:
    ///   - schedules: How many at the most, from 1.
    ///   - watched: The only property that is looked at; nil for all.
    ///   - tasks: How many at the same time, from 1; the report does not depend on it.
    public init(
        seed: UInt64, schedules: Int, mutant: Mutant? = nil, watching watched: Property? = nil, tasks: Int = 1
    ) {
        self.seed = seed
        self.schedules = max(1, schedules)
        self.mutant = mutant
        self.watched = watched
        self.tasks = max(1, tasks)
    }

    /// The seed of the schedule with a number, from 0.
    public func seed(of number: Int) -> UInt64 {
        var random = ScheduleRandom(seed: seed ^ 0xD1B5_4A32_D192_ED03 &* UInt64(truncatingIfNeeded: number + 1))
        return random.next()
    }

    /// Runs them, in rounds, until a property does not hold. `progress` gets the schedules that ran so far.
    public func run(progress: @Sendable (Int) -> Void = { _ in }) async -> Report {
        var report = Report()
        while report.schedules < schedules, report.failure == nil {
            let size = min(mutant == nil ? 4_000 : 400, schedules - report.schedules)
            await runRound(from: report.schedules, size, &report)
            progress(report.schedules)
        }
        return report
    }

    private func runRound(from start: Int, _ size: Int, _ report: inout Report) async {
        let parts = await withTaskGroup(of: Part.self) { group in
            for part in 0..<tasks {
                group.addTask { await run(stride(from: start + part, to: start + size, by: tasks)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let first = parts.filter { $0.failure != nil }.min { $0.number < $1.number }
        for part in parts { report.counts.add(part.counts) }
        report.schedules = first.map { $0.number + 1 } ?? start + size
        report.failure = first?.failure
    }

    private struct Part {
        var counts = ScheduleCounts()
        var number = 0
        var failure: ScheduleOutcome?
    }

    private func run(_ numbers: StrideTo<Int>) async -> Part {
        var part = Part()
        for number in numbers {
            // Others want to run in this process, too.
            await Task.yield()
            let outcome = Schedule.run(seed: seed(of: number), mutant: mutant, watching: watched)
            part.counts.add(outcome.counts)
            if outcome.violation != nil {
                part.number = number
                part.failure = outcome
                break
            }
        }
        return part
    }
}
