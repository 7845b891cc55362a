/// How much happened in schedules.
public struct ScheduleCounts: Sendable, Hashable {
    /// Messages, statements, ticks of loops, faults.
    public var events = 0
    /// Attempts that began.
    public var claims = 0
    /// Attempts that were taken from their worker.
    public var takeovers = 0
    /// Scans that were published.
    public var publishes = 0

    /// Nothing yet.
    public init() {}

    /// Adds what happened in another schedule.
    public mutating func add(_ other: ScheduleCounts) {
        events += other.events
        claims += other.claims
        takeovers += other.takeovers
        publishes += other.publishes
    }
}
