/// The part of a job's row that decides what may happen to it. Pure: repositories read it, ask, and write the answer.
///
/// Times are milliseconds of the database's clock.
public struct JobMachine: Sendable, Hashable {
    /// Where it is in its life.
    public var state: JobState
    /// Claims since it was queued or retried.
    public var attempts: Int64
    /// Attempts that ended because the lease was lost.
    public var losses: Int64
    /// Attempts that a worker gave back when it ended.
    public var handBacks: Int64
    /// Of the last claim; 0 before the first. It never falls, not even when the job is retried.
    public var token: Int64
    /// Not to be claimed before.
    public var runAt: Int64
    /// When it was asked for, or retried.
    public var queuedAt: Int64
    /// When a user wanted it to end.
    public var cancelRequestedAt: Int64?
    /// When it was claimed for the first time since it was queued or retried.
    public var firstClaimedAt: Int64?
    /// When it was last claimed.
    public var claimedAt: Int64?
    /// When it ended; nil before.
    public var finishedAt: Int64?
    /// Why the last attempt that failed did so; nil after success.
    public var failure: JobFailure?

    /// A job that is asked for now and may be claimed from `runAt` on.
    public init(queuedAt: Int64, runAt: Int64) {
        state = .queued
        attempts = 0
        losses = 0
        handBacks = 0
        token = 0
        self.runAt = runAt
        self.queuedAt = queuedAt
    }

    /// Attempts that count as failed once the running one fails, too.
    public var failedAttempts: Int64 { attempts - losses - handBacks }
}
