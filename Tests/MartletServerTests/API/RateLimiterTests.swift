import Testing

@testable import MartletServer

@Suite struct RateLimiterTests {
    /// Counts in rational steps: what is left after each request at whole seconds.
    @Test func aBucketIsWhatANaiveCountSays() {
        for rate in 1...4 {
            for burst in rate...6 {
                let limit = RateLimit(perSecond: rate, burst: burst)
                var bucket = TokenBucket(limit, at: 0)
                var level = burst
                // All patterns of 0 to 3 requests in each of 5 seconds.
                var pattern = rate * 7 + burst
                for second in 0..<200 {
                    if second > 0 { level = min(burst, level + rate) }
                    pattern = pattern &* 1_103_515_245 &+ 12345
                    for _ in 0..<(pattern >> 16 & 3) {
                        let isAllowed = bucket.take(limit, at: Int64(second) * 1_000_000_000)
                        #expect(isAllowed == (level > 0))
                        if level > 0 { level -= 1 }
                    }
                    #expect(bucket.remaining == level || pattern >> 16 & 3 == 0)
                }
            }
        }
    }

    @Test func aClockThatStandsOrJumpsGivesNothingAway() {
        let limit = RateLimit(perSecond: 1, burst: 2)
        var bucket = TokenBucket(limit, at: 1_000)
        let taken = [1_000, 0, 999].map { bucket.take(limit, at: $0) }
        #expect(taken == [true, true, false])
        #expect(bucket.wait(limit) == 1)
        let late = bucket.take(limit, at: .max)
        #expect(late)
        #expect(bucket.remaining == 1)
    }

    @Test func callersAreForgottenRatherThanKeptWithoutEnd() {
        let limiter = RateLimiter()
        let limit = RateLimit(perSecond: 1, burst: 1)
        for number in 0..<(RateLimiter.capacity + 5000) { _ = limiter.take("k\(number)", limit, at: 0) }
        #expect(limiter.count <= RateLimiter.capacity)
    }
}
