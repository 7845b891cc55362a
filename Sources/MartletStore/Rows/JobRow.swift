import MartletCore

/// A job as readers see it.
public struct JobRow: Sendable, Hashable {
    /// Why a queued job is not running.
    public enum Wait: Sendable, Hashable {
        /// A worker will take it.
        case worker
        /// Its time has not come.
        case time(Timestamp)
        /// Someone holds its subject until this moment, if they don't renew.
        case held(by: Worker, until: Timestamp, job: String)
    }

    /// Unique in the tenant; a scan's job has the scan's id.
    public var id: String
    /// What it does.
    public var kind: JobKind
    /// The account it is about; nil for the tenant's own work.
    public var account: AccountKey?
    /// Where it is in its life.
    public var state: JobState
    /// Workers may take jobs of some queues only.
    public var queue: String
    /// Higher ones go first.
    public var priority: Int64
    /// Not to be claimed before.
    public var runAt: Timestamp
    /// Claims, leases lost, attempts given back.
    public var attempts: Int64
    /// Leases lost.
    public var losses: Int64
    /// Of the last claim; 0 before the first.
    public var token: Int64
    /// Who holds it; nil while nobody does.
    public var holder: Worker?
    /// Until when, if it isn't renewed.
    public var heldUntil: Timestamp?
    /// How far it has come, in thousandths.
    public var progress: Int
    /// What is being done, for people.
    public var progressText: String?
    /// A user wants it to end.
    public var isCancelRequested: Bool
    /// Why the last attempt that failed did so.
    public var failure: JobFailure?
    /// When it was asked for, or retried.
    public var queuedAt: Timestamp
    /// When it was first claimed.
    public var firstClaimedAt: Timestamp?
    /// When it was last claimed.
    public var claimedAt: Timestamp?
    /// When it ended.
    public var finishedAt: Timestamp?
    /// Why it waits; nil unless it is queued.
    public var wait: Wait?
}
