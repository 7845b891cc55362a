/// What happens to a job. What a worker does carries the token of its claim.
public enum JobEvent: Sendable, Hashable {
    /// A worker takes the job under a new token.
    case claim(token: Int64)
    /// The work is done; belongs into the transaction that makes its result visible.
    case complete(token: Int64)
    /// The attempt has failed. After a transient failure another attempt may succeed.
    case fail(token: Int64, JobFailure, isTransient: Bool)
    /// The lease has run out, or its holder is known to be dead.
    case lose(token: Int64)
    /// The worker ends and gives the job back unfinished.
    case handBack(token: Int64)
    /// A user wants the job to end.
    case requestCancel
    /// The worker has ended the work because of that request.
    case stopped(token: Int64)
    /// The attempt took longer than ``JobLimits/total``.
    case timeLimit(token: Int64)
    /// The attempt did nothing for ``JobLimits/stall``.
    case stall(token: Int64)
    /// A user wants a failed or cancelled job to be done after all.
    case retryByUser
}
