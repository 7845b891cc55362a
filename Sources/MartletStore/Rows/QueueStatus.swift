import MartletCore

/// What waits and what runs in a tenant's queue.
public struct QueueStatus: Sendable, Hashable {
    /// Jobs that could be claimed now, as far as their time goes.
    public var depth: Int64
    /// Jobs whose time has not come.
    public var delayed: Int64
    /// Jobs that a worker holds.
    public var running: Int64
    /// Since when the oldest of the jobs that could be claimed has waited.
    public var oldest: Timestamp?
    /// The time in the queue of the last thousand claimed jobs, in milliseconds: half of them waited no longer.
    public var medianWait: Int64?
    /// The same for 95 of 100.
    public var longWait: Int64?
    /// The jobs: running ones first, then queued ones in the order in which they will be claimed.
    public var jobs: [JobRow]
}
