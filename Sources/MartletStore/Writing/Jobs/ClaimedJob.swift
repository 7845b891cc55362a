import MartletCore

/// A job as the worker gets it that has claimed it.
public struct ClaimedJob: Sendable, Hashable {
    /// Which job it is.
    public var job: JobID
    /// What it does.
    public var kind: JobKind
    /// Of the payload's form.
    public var version: Int64
    /// What the runner needs to know, as JSON.
    public var payload: String
    /// What the work must prove in every transaction. Its account is the job's subject, its scan the job's id.
    public var lease: Lease
    /// Claims since it was queued or retried, this one included.
    public var attempts: Int64
    /// What an earlier attempt has reached, in thousandths.
    public var progress: Int
    /// When it was asked for.
    public var queuedAt: Timestamp
    /// The trace of the request.
    public var trace: String?

    /// Puts a claim together.
    public init(
        job: JobID, kind: JobKind, version: Int64, payload: String, lease: Lease, attempts: Int64, progress: Int,
        queuedAt: Timestamp, trace: String?
    ) {
        self.job = job
        self.kind = kind
        self.version = version
        self.payload = payload
        self.lease = lease
        self.attempts = attempts
        self.progress = progress
        self.queuedAt = queuedAt
        self.trace = trace
    }
}
