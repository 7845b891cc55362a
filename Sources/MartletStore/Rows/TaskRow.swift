import MartletCore

/// A job as programs poll it.
public struct TaskRow: Sendable, Hashable {
    /// Unique in the tenant; a scan's job has the scan's id.
    public var id: String
    /// What it does.
    public var kind: JobKind
    /// The account it is about; nil for the tenant's own work.
    public var account: AccountKey?
    /// Where it is in its life.
    public var state: JobState
    /// A schedule asked for it.
    public var isScheduled: Bool
    /// How far it has come, in thousandths.
    public var progress: Int
    /// What is being done, for people.
    public var progressText: String?
    /// Claims, leases lost, attempts given back.
    public var attempts: Int64
    /// Leases lost.
    public var losses: Int64
    /// A user wants it to end.
    public var isCancelRequested: Bool
    /// Why the last attempt that failed did so.
    public var failure: JobFailure?
    /// When it was asked for, or retried.
    public var queuedAt: Timestamp
    /// When it ended.
    public var finishedAt: Timestamp?
    /// What came of it, as a JSON object; nil where its end says all.
    public var result: String?
}
