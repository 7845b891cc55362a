/// What became of a renewal.
public enum LeaseAnswer: Sendable, Hashable {
    /// The lease lives on, from a moment not before the sending.
    case renewed
    /// The token is no longer that of the fence.
    case lost
    /// Nothing is known: the database did not answer, or the work's own transaction holds the lease's row.
    case unknown
}
