import MartletCore
import MartletStore

/// A job that a pool holds. Times are milliseconds of the monotonic clock.
struct RunningJob {
    let context: JobContext
    let task: Task<Void, Never>
    let startedAt: Int64
    var lease: LeaseMachine
    let trace: JobTrace
    /// Why it was told to end, and when.
    var stop: (reason: StopReason, at: Int64)?
    /// Its end is being written, or nothing more is to be written.
    var isEnding = false

    /// Tells it to end; the first reason counts, unless the lease is lost.
    mutating func end(_ reason: StopReason, at now: Int64) {
        if stop == nil || reason == .lost { stop = (reason, stop?.at ?? now) }
        task.cancel()
    }

    /// The limit that the attempt has reached; nil while it may go on.
    func limit(_ limits: JobLimits, at now: Int64) -> StopReason? {
        if now - startedAt >= limits.total { return .timeLimit }
        return now - max(context.activeAt, startedAt) >= limits.stall ? .stalled : nil
    }
}
