/// How many requests are let through: `burst` at once, and `perSecond` in the long run.
public struct RateLimit: Sendable, Hashable {
    /// Requests a second in the long run; 0 for no limit.
    public let perSecond: Int
    /// Requests at once after a pause.
    public let burst: Int

    /// A limit of its parts; a burst of less than one second's requests counts as that.
    public init(perSecond: Int, burst: Int) {
        self.perSecond = max(0, perSecond)
        self.burst = max(1, burst, perSecond)
    }

    /// Seconds in which an empty allowance is full again, at least 1.
    public var window: Int { perSecond == 0 ? 1 : max(1, (burst + perSecond - 1) / perSecond) }
}
