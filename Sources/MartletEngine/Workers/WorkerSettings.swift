import MartletCore

/// How a pool of workers works. Times are in milliseconds.
public struct WorkerSettings: Sendable {
    /// Jobs at the same time, from 1.
    public var concurrency = 2
    /// Only jobs of these queues; empty for all.
    public var queues: [String] = []
    /// How leases are kept.
    public var timing = LeaseTiming()
    /// How often and how long jobs are tried.
    public var limits = JobLimits()
    /// How long running work may go on after the pool was asked to stop, before it is handed back.
    public var grace: Int64 = 30_000
    /// From one look for work to the next where nobody wakes the pool.
    public var polling: Int64 = 1_000
    /// From one look for due schedules and for tenants to be looked after to the next.
    public var upkeep: Int64 = 1_000
    /// From one writing down of what was done to the next.
    public var reporting: Int64 = 5_000
    /// Whether the store's connections are the worker's own, and not those of a server that tells of them itself.
    public var reportsStore = true
    /// How long work may take to end after it was told to; then it is ended without waiting for it.
    public var patience: Int64 = 1_200
    /// How long a pool that ends waits for what it still has to write; then rescue finds it.
    public var farewell: Int64 = 5_000

    /// The defaults.
    public init() {}
}
