import MartletStore

/// What a worker last wrote down of itself: pure. Decides what is to be written now.
struct WorkReport {
    private var pool = PoolStatus()
    private var spans: (sent: Int64, dropped: Int64) = (0, 0)
    private var gauges: [String: Int64] = [:]
    private var saidAt: Int64?

    /// Milliseconds after which a worker shows a sign of life though nothing has changed.
    static let silence: Int64 = 30_000

    /// Adds what databases and recorders count themselves to the worker's own counts.
    mutating func count(_ now: PoolStatus, sent: Int64, dropped: Int64, in counters: WorkCounters) {
        counters.add(.poolWaits, now.waits - pool.waits)
        counters.add(.poolTimeouts, now.timeouts - pool.timeouts)
        counters.add(.databaseRetries, now.retries - pool.retries)
        counters.add(.spansSent, sent - spans.sent)
        counters.add(.spansDropped, dropped - spans.dropped)
        pool = now
        spans = (sent, dropped)
    }

    /// How the worker is, if that is to be written; nil when it was written lately and is the same.
    func due(_ pool: PoolStatus, running: Int, at now: Int64) -> [String: Int64]? {
        let next = [
            "running": Int64(running), "pool_in_use": pool.inUse, "pool_idle": pool.idle, "pool_waiting": pool.waiting,
        ]
        if let saidAt, next == gauges, now - saidAt < Self.silence { return nil }
        return next
    }

    /// It has been written.
    mutating func said(_ gauges: [String: Int64], at now: Int64) {
        self.gauges = gauges
        saidAt = now
    }
}
