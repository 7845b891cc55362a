/// Where a job is in its life. The raw value is what databases and output show.
public enum JobState: String, Sendable, Hashable, CaseIterable {
    /// Waits for a worker, or for its time.
    case queued
    /// A worker holds it.
    case running
    /// Done.
    case completed
    /// Given up after an error that repeating does not help, or after too many attempts.
    case failed
    /// Ended on request.
    case cancelled

    /// Nothing but a request of a user changes it any more.
    public var isFinal: Bool { self != .queued && self != .running }
}
