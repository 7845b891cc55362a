/// What a holder of a lease must do now.
public enum LeaseStep: Sendable, Hashable {
    /// Nothing before this moment of the monotonic clock, in milliseconds.
    case wait(until: Int64)
    /// Send a renewal.
    case renew
    /// End the work at once: from now on someone else may do it.
    case stop
}
