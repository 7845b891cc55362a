/// Growing pauses between tries, for a bounded time.
struct PostgresRetry {
    private let deadline: ContinuousClock.Instant
    private let clock = ContinuousClock()
    private var milliseconds = 10.0

    private static let longest = 1_000.0

    /// `seconds` from now on no more tries begin.
    init(seconds: Double) { deadline = clock.now + .seconds(seconds) }

    /// Waits; false when the time is over. Half of the pause is random, so that those who collided don't meet again.
    mutating func pause() async throws -> Bool {
        guard clock.now < deadline, !Task.isCancelled else { return false }
        let pause = milliseconds * Double.random(in: 0.5...1)
        milliseconds = min(milliseconds * 2, Self.longest)
        try await Task.sleep(for: .milliseconds(Int64(pause)))
        return true
    }
}
