import MartletCore

/// A scan with its account, its job and its place in the queue.
public struct ScanDetail: Sendable, Hashable {
    /// The scan.
    public var scan: ScanRow
    /// The number of its account.
    public var account: Int64
    /// What the user called it; nil where nobody did.
    public var name: String?
    /// The schedule that asked for it; nil where a person or program did.
    public var schedule: String?
    /// Its job; nil for an import, which ends with its own process.
    public var job: Job?
    /// The database's clock at the time of reading.
    public var now: Timestamp

    /// What the queue knows of it.
    public struct Job: Sendable, Hashable {
        /// Where the job is in its life.
        public var state: JobState
        /// Higher ones go first.
        public var priority: Int64
        /// Workers may take jobs of some queues only.
        public var queue: String
        /// Not to be claimed before.
        public var runAt: Timestamp
        /// How far it has come, in thousandths.
        public var progress: Int
        /// What is being done, for people.
        public var progressText: String?
        /// A user wants it to end.
        public var isCancelRequested: Bool
        /// Leases lost.
        public var losses: Int64
        /// Jobs of the tenant that are ahead in the queue; nil unless it is queued.
        public var ahead: Int64?
        /// The worker that holds it; nil while nobody does.
        public var worker: String?
    }

    /// How long it has waited for a worker, in milliseconds; until now where it still waits.
    public var queueMilliseconds: Int64 {
        let end = scan.firstClaimedAt ?? scan.finishedAt ?? now
        return max(0, end.milliseconds - scan.queuedAt.milliseconds)
    }
}
