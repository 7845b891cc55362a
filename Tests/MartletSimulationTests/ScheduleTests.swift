import MartletSimulation
import Testing

@Suite("Random schedules of the queue")
struct ScheduleTests {
    static let seed: UInt64 = 20_260_401

    @Test("No property is broken in 50,000 schedules")
    func holds() async {
        let report = await Campaign(seed: Self.seed, schedules: 50_000, tasks: 2).run { schedules in
            if schedules.isMultiple(of: 20_000) { print("simulation: \(schedules) schedules of seed \(Self.seed)") }
        }
        if let failure = report.failure { Self.show(failure) }
        #expect(report.failure == nil)
        #expect(report.schedules == 50_000)
        let counts = report.counts
        print("simulation: seed \(Self.seed), \(report.schedules) schedules, \(counts)")
        // What is to be survived must have happened.
        #expect(counts.takeovers > 10_000)
        #expect(counts.publishes > 50_000)
        #expect(counts.claims > counts.publishes)
    }

    @Test("The same seed gives the same schedule, traced or not")
    func repeats() {
        for number in 0..<50 {
            let seed = Campaign(seed: Self.seed, schedules: 50).seed(of: number)
            let one = Schedule.run(seed: seed, isTraced: true)
            let two = Schedule.run(seed: seed, isTraced: true)
            #expect(one.trace == two.trace)
            #expect(one.counts == two.counts)
            #expect(Schedule.run(seed: seed).counts == one.counts)
            #expect(!one.trace.isEmpty)
        }
    }

    @Test("The report does not depend on the number of tasks")
    func tasks() async {
        let one = await Campaign(seed: 3, schedules: 900, mutant: .noProof, tasks: 1).run()
        let three = await Campaign(seed: 3, schedules: 900, mutant: .noProof, tasks: 3).run()
        #expect(one.failure?.seed == three.failure?.seed)
        #expect(one.schedules == three.schedules)
    }

    @Test("A schedule that breaks a property says so, with a trace that ends there")
    func traces() async throws {
        let report = await Campaign(seed: 5, schedules: 1_000, mutant: .noUndo).run()
        let failure = try #require(report.failure)
        let again = Schedule.run(seed: failure.seed, mutant: .noUndo, isTraced: true)
        #expect(again.violation == failure.violation)
        #expect(again.trace.last?.contains("VIOLATION") == true)
        #expect(Schedule.run(seed: failure.seed).violation == nil)
    }

    /// The trace of a schedule, so that it can be read where the test ran.
    static func show(_ failure: ScheduleOutcome) {
        print("simulation: schedule seed \(failure.seed): \(failure.violation.map(String.init(describing:)) ?? "")")
        for line in Schedule.run(seed: failure.seed, isTraced: true).trace { print(line) }
    }
}
