/// How a runner has ended a job.
public enum JobOutcome: Sendable, Hashable {
    /// The work is done; the worker writes that down.
    case done
    /// The work is done, and a transaction of the runner has completed the job together with it
    /// (``JobContext/complete(_:)``).
    case completed
}
