import Synchronization

/// The allowances of callers and addresses, in memory of this process; with n servers a caller has n allowances.
final class RateLimiter: Sendable {
    /// What became of a request.
    struct Verdict: Equatable {
        let isAllowed: Bool
        let remaining: Int
        /// Seconds until the allowance is full.
        let reset: Int
        /// Seconds until the next request is let through; at least 1 where one was not.
        let retryAfter: Int
    }

    /// The most callers that are remembered: 100,000. Beyond that the fullest are forgotten, which only favours them.
    static let capacity = 100_000

    private struct Entry {
        var bucket: TokenBucket
        let limit: RateLimit
    }

    private let entries = Mutex<[String: Entry]>([:])

    func take(_ key: String, _ limit: RateLimit, at now: Int64 = MonotonicClock.now()) -> Verdict {
        entries.withLock { entries in
            if entries.count >= Self.capacity, entries[key] == nil { Self.forget(&entries, at: now) }
            var entry = entries[key] ?? Entry(bucket: TokenBucket(limit, at: now), limit: limit)
            let isAllowed = entry.bucket.take(limit, at: now)
            entries[key] = entry
            return Verdict(
                isAllowed: isAllowed, remaining: entry.bucket.remaining, reset: entry.bucket.reset(limit),
                retryAfter: max(1, entry.bucket.wait(limit)))
        }
    }

    var count: Int { entries.withLock { $0.count } }

    private static func forget(_ entries: inout [String: Entry], at now: Int64) {
        for (key, var entry) in entries {
            entry.bucket.fill(entry.limit, at: now)
            if entry.bucket.isFull(entry.limit) { entries[key] = nil }
        }
        // Nobody has paused: those that happen to come first go.
        var excess = entries.count - capacity * 9 / 10
        for key in Array(entries.keys) where excess > 0 {
            entries[key] = nil
            excess -= 1
        }
    }
}
