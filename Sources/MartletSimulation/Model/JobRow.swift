import MartletCore

/// A job, as far as the queue goes, and what its source says.
struct JobRow: Hashable {
    var machine: JobMachine
    let tenant: Int
    let subject: Int
    var priority: Int64 = 0
    /// What the source says: the findings by key, one bit each, all with the same value.
    let keys: UInt8
    let value: UInt8
    /// In thousandths.
    var progress = 0

    /// Ghost: what truly happened since the job was queued or retried.
    var truth = Truth()

    struct Truth: Hashable {
        var failures: Int64 = 0
        var losses: Int64 = 0
        var isPermanent = false
        var isCancelled = false
        /// The claim that runs it, or ran it last.
        var claim = 0
        /// It was retried, so that its next claim repeats a token under one mutant.
        var isRetried = false
    }
}
