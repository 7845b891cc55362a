/// What became of a statement.
enum StatementResult: Hashable {
    case done
    /// Another transaction holds a lock; it is tried again when one ends.
    case blocked
    case committed
    case failed(StatementFailure)
}

/// Why a transaction was rolled back.
enum StatementFailure: Hashable {
    /// The token is no longer that of the fence, or of the job.
    case leaseLost
    /// A user wants the job to end.
    case cancelled
    /// The event cannot happen in this state.
    case refused
    /// The connection is gone; nobody knows more.
    case connection
    /// Rows of another attempt are there.
    case strayRows
    /// There was nothing to rescue, or somebody is at it.
    case skipped
}
