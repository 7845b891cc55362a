import MartletSimulation
import Testing

@Suite("Deliberate defects of the queue", .serialized)
struct MutantTests {
    /// The schedules in which each must be caught.
    static let schedules = 20_000

    @Test("Each defect breaks a property that is known to catch it", arguments: Mutant.allCases)
    func isCaught(_ mutant: Mutant) async throws {
        let report = await Campaign(
            seed: ScheduleTests.seed, schedules: Self.schedules, mutant: mutant, tasks: 2
        ).run()
        let violation = try #require(report.failure?.violation, "nothing noticed \(mutant)")
        print("simulation: \(mutant) -> \(violation.property), \(report.schedules) schedules")
        #expect(mutant.catchers.contains(violation.property), "\(mutant) broke \(violation)")
    }

    @Test("Each property notices a defect by itself", arguments: Property.allCases)
    func notices(_ property: Property) async {
        let report = await Campaign(
            seed: ScheduleTests.seed, schedules: Self.schedules, mutant: property.breaker, watching: property, tasks: 2
        ).run()
        #expect(report.failure?.violation?.property == property, "\(property.breaker) does not break \(property)")
    }
}
