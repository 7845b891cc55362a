/// Why an attempt at a job ended without success, as everybody may read it: no secrets, no private detail.
public struct JobFailure: Error, Sendable, Hashable {
    /// Stable, for scripts: lower-case words joined by `_`.
    public var code: String
    /// What happened and what the user can do.
    public var message: String

    /// Puts a failure together.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// Its worker died, was stopped or lost the database too often.
    public static let workerLost = JobFailure(
        code: "worker_lost",
        message: "Every worker that had the job ended before it was done; look at the workers' logs, then retry it.")

    /// An attempt took longer than it may.
    public static let timeLimit = JobFailure(
        code: "time_limit",
        message: "The attempt took longer than allowed and was ended; scan less at once, or allow more time.")

    /// An attempt did nothing for too long.
    public static let stalled = JobFailure(
        code: "stalled",
        message: "The attempt made no progress for too long and was ended; check that its source answers.")
}
