/// What came of one schedule.
public struct ScheduleOutcome: Sendable {
    /// All that happens follows from it.
    public let seed: UInt64
    /// The first property that did not hold.
    public let violation: Violation?
    /// How much happened.
    public let counts: ScheduleCounts
    /// What happened, a line an event, with the time in seconds; empty unless it was asked for.
    public let trace: [String]
}
