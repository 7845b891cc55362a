/// How often and how long a job is tried. Times are in milliseconds.
public struct JobLimits: Sendable, Hashable {
    /// Attempts that may fail; lost and handed-back ones don't count.
    public var maximumAttempts: Int64 = 3
    /// Leases that may be lost.
    public var maximumLosses: Int64 = 5
    /// The largest pause after the first failed attempt; it doubles with each.
    public var backoffBase: Int64 = 5_000
    /// The largest pause at all.
    public var backoffCap: Int64 = 600_000
    /// How long one attempt may take.
    public var total: Int64 = 6 * 3_600_000
    /// How long an attempt may go on without a batch and without progress.
    public var stall: Int64 = 15 * 60_000

    /// The defaults.
    public init() {}

    /// The largest pause after a number of failed attempts, from 1.
    public func longestPause(after failures: Int64) -> Int64 {
        let doublings = min(max(failures, 1), 40) - 1
        let (product, overflow) = backoffBase.multipliedReportingOverflow(by: 1 << doublings)
        return max(0, min(backoffCap, overflow ? backoffCap : product))
    }
}
