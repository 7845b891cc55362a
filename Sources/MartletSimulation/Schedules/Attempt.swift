import MartletCore

/// An attempt at a job, as the worker knows it.
struct Attempt {
    enum Plan { case publish, fail(batch: Int, isTransient: Bool) }
    enum Stop { case lost, cancelled, shutdown }

    let work: ClaimedWork
    var lease: LeaseMachine
    var gauge: ProgressGauge
    var plan: Plan
    /// Of the attempt, once it has begun.
    var generation = 0
    var batch = 0
    /// Only a mutant closes, or completes, apart from the publish.
    var hasClosed = false
    var hasPublished = false
    /// Why it was told to end, and when by the worker's clock.
    var stop: (reason: Stop, at: Int64)?
    /// Its end is being written.
    var isEnding = false
    var endPause: Int64 = 50
    var pendingProgress: Int?
    var isWritingProgress = false
    /// Ghost: a transaction of its own has ended it; the worker need not know yet.
    var isOver = false

    /// Tells it to end; the first reason counts, unless the lease is lost.
    mutating func end(_ reason: Stop, at now: Int64) {
        if stop == nil || reason == .lost { stop = (reason, stop?.at ?? now) }
    }
}
