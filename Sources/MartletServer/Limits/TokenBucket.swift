/// An allowance that fills with time. Pure; the moments are nanoseconds of any clock that only goes forward.
struct TokenBucket: Equatable {
    /// Billionths of a request times requests a second, so that no fraction is lost.
    private var level: Int64
    private var filledAt: Int64

    /// A full bucket.
    init(_ limit: RateLimit, at now: Int64) {
        level = Int64(limit.burst) * 1_000_000_000
        filledAt = now
    }

    mutating func fill(_ limit: RateLimit, at now: Int64) {
        let full = Int64(limit.burst) * 1_000_000_000
        // Beyond the window it is full, whatever the product would overflow to.
        let elapsed = min(max(0, now - filledAt), Int64(limit.window) * 1_000_000_000)
        level = min(full, level + elapsed * Int64(limit.perSecond))
        filledAt = max(filledAt, now)
    }

    /// Takes one request; false when there is none left.
    mutating func take(_ limit: RateLimit, at now: Int64) -> Bool {
        fill(limit, at: now)
        guard level >= 1_000_000_000 else { return false }
        level -= 1_000_000_000
        return true
    }

    /// Whole requests that are left.
    var remaining: Int { Int(level / 1_000_000_000) }

    /// Seconds until there is a whole request, rounded up.
    func wait(_ limit: RateLimit) -> Int {
        guard level < 1_000_000_000, limit.perSecond > 0 else { return 0 }
        let rate = Int64(limit.perSecond) * 1_000_000_000
        return Int((1_000_000_000 - level + rate - 1) / rate)
    }

    /// Seconds until it is full, rounded up.
    func reset(_ limit: RateLimit) -> Int {
        guard limit.perSecond > 0 else { return 0 }
        let missing = Int64(limit.burst) * 1_000_000_000 - level
        let rate = Int64(limit.perSecond) * 1_000_000_000
        return Int((missing + rate - 1) / rate)
    }

    func isFull(_ limit: RateLimit) -> Bool { level >= Int64(limit.burst) * 1_000_000_000 }
}
