/// Why an event does not happen to a job. Nothing changes then.
public enum JobRefusal: Error, Sendable, Hashable {
    /// It is queued no more, so that nobody can claim it.
    case notQueued(JobState)
    /// Its time has not come.
    case notDue(at: Int64)
    /// No worker holds it.
    case notRunning(JobState)
    /// Another claim came after the one that speaks, or the token offered is no newer.
    case staleToken(current: Int64)
    /// It has ended and cannot be cancelled.
    case finished(JobState)
    /// It is still under way and need not be retried.
    case unfinished(JobState)
    /// It was done; there is nothing to retry.
    case alreadyCompleted
    /// A user wants it to end; nothing of it may become visible.
    case cancelRequested
    /// Nobody wants it to end.
    case notCancelled

    /// The refusal as a user or a worker gets it.
    public var error: MartletError {
        switch self {
        case .notQueued, .notDue, .notCancelled:
            MartletError(.conflict, "The job has been changed by someone else meanwhile.")
        case .notRunning, .staleToken:
            MartletError(.leaseLost, "Another worker has taken over the job; nothing was written.")
        case .cancelRequested:
            MartletError(.cancelled, "The job was cancelled; nothing of it was published.")
        case .finished(let state):
            MartletError(.conflict, "It is \(state.rawValue) already; what has ended cannot be cancelled.")
        case .unfinished(let state):
            MartletError(.conflict, "It is \(state.rawValue); only what has failed or was cancelled can be retried.")
        case .alreadyCompleted:
            MartletError(.conflict, "It is completed; start a new one instead of retrying it.")
        }
    }
}
