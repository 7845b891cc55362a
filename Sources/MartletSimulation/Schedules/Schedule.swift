/// One random schedule of workers, users, messages and faults over the protocol of the queue.
public enum Schedule {
    /// Runs the schedule of a seed, always in the same way.
    ///
    /// - Parameters:
    ///   - mutant: A defect to be caught; nil for the protocol as it is.
    ///   - watched: The only property that is looked at; nil for all.
    ///   - isTraced: Whether to keep what happens, for people.
    public static func run(
        seed: UInt64, mutant: Mutant? = nil, watching watched: Property? = nil, isTraced: Bool = false
    ) -> ScheduleOutcome {
        var simulation = Simulation(seed: seed, mutant: mutant, watched: watched, isTraced: isTraced)
        simulation.run()
        return ScheduleOutcome(
            seed: seed, violation: simulation.db.violation, counts: simulation.counts,
            trace: simulation.trace?.lines ?? [])
    }
}
