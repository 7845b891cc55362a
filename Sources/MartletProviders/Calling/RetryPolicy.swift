import MartletHTTPClient

/// When a call is made again, and after how long: pure.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a call is made at most.
    public var attempts = 4
    /// How often at most where the provider throttles.
    public var throttledAttempts = 8
    /// How often at most where the answer did not come in time.
    public var slowAttempts = 2
    /// The pause after the first attempt; it doubles with each.
    public var pause = Duration.milliseconds(500)
    /// The longest pause.
    public var longestPause = Duration.seconds(30)
    /// A provider that wants more time than this is not waited for.
    public var longestRetryAfter = Duration.seconds(120)

    /// The defaults.
    public init() {}

    /// What became of an attempt that gave no usable answer.
    public enum Outcome: Sendable, Hashable {
        /// An answer with a status of an error, and how long the provider wants to be left alone.
        case status(Int, retryAfter: Duration?)
        /// No answer.
        case failure(HTTPFailure.Kind)
        /// An answer that is not what its status promises, such as half a document.
        case unreadable
    }

    /// The pause before the next attempt; nil when there is none.
    ///
    /// - Parameters:
    ///   - attempt: The attempt that has just ended, from 1.
    ///   - jitter: 0 to 1: clients that failed together must not come back together.
    public func pause(after attempt: Int, _ outcome: Outcome, jitter: Double) -> Duration? {
        switch outcome {
        case .status(429, retryAfter: nil): return attempt < throttledAttempts ? grown(attempt, jitter) : nil
        case .status(429, retryAfter: let wanted?), .status(503, retryAfter: let wanted?):
            guard attempt < throttledAttempts else { return nil }
            // Not before the time the provider names; a little later, so that not all come at once.
            return wanted > longestRetryAfter ? nil : wanted + pause * jitter
        case .status(408, _), .status(500, _), .status(502, _), .status(503, _), .status(504, _), .unreadable:
            return attempt < attempts ? grown(attempt, jitter) : nil
        case .status: return nil
        case .failure(.timeout): return attempt < slowAttempts ? grown(attempt, jitter) : nil
        case .failure(let kind):
            guard HTTPFailure(kind, "").isTransient else { return nil }
            return attempt < attempts ? grown(attempt, jitter) : nil
        }
    }

    /// Between half and the whole of the doubled pause.
    private func grown(_ attempt: Int, _ jitter: Double) -> Duration {
        let doubled = pause * (1 << min(attempt - 1, 16))
        return min(doubled, longestPause) * (0.5 + jitter / 2)
    }
}
