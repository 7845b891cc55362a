/// What is known of one host: pure. All calls to it share one.
struct HostState: Sendable {
    /// Calls wait until then.
    private(set) var pausedUntil: ContinuousClock.Instant?
    /// Calls that ended without an answer, one after the other.
    private(set) var failures = 0

    /// After so many the host gets one attempt a call.
    static let impatientAfter = 10
    /// After so many it is not asked any more.
    static let silentAfter = 60

    /// Whether another call makes sense.
    var isSilent: Bool { failures >= Self.silentAfter }

    /// Whether calls that fail should be made again.
    var deservesRetries: Bool { failures < Self.impatientAfter }

    /// An answer came, of whatever status below 500.
    mutating func noteAnswer() { failures = 0 }

    /// A call ended for good without one.
    mutating func noteFailure() { failures += 1 }

    /// The provider wants to be left alone.
    mutating func pause(until instant: ContinuousClock.Instant) {
        pausedUntil = max(pausedUntil ?? instant, instant)
    }
}
