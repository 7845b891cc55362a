import MartletCore

/// A schedule as it is stored. Texts are checked where a schedule is made, and again where it is decided: another version of
/// the program may have written them.
public struct ScheduleRecord: Sendable, Hashable {
    /// Unique in the store for ever, without `:`.
    public var id: String
    /// What people call it, unique in the tenant; its id where nobody named it.
    public var name: String
    /// The account that it scans.
    public var account: AccountID
    /// The order that each scan gets as its job's payload, and the version of its form.
    public var payload: String
    /// Of the payload's form, from 1.
    public var version: Int64
    /// The slots, as five fields or a short form.
    public var cron: String
    /// The IANA name of the zone in which the slots are meant.
    public var timezone: String
    /// The longest delay of a scan behind its slot, in seconds, 0 to 86400.
    public var jitter: Int64
    /// What becomes of missed slots: `skip` or `run-once`.
    public var missed: String
    /// Of the scans, -1000 to 1000.
    public var priority: Int64
    /// The queue of the scans.
    public var queue: String
    /// When it was made, by the database's clock, as all that follow.
    public var createdAt: Timestamp
    /// Since when nothing runs; nil while it is not paused.
    public var pausedAt: Timestamp?
    /// All slots until this moment are decided.
    public var handled: Timestamp
    /// When to look at it again; nil while it is paused.
    public var lookAt: Timestamp?
    /// A slot is due and waits for the end of ``lastScan``.
    public var isWaiting = false
    /// The last slot that ran; nil before the first.
    public var lastSlot: Timestamp?
    /// The scan of ``lastSlot``.
    public var lastScan: String?
    /// Why the last look could not decide it; nil when it could.
    public var failure: JobFailure?

    /// A schedule that has never run.
    public init(
        id: String, name: String, account: AccountID, payload: String, version: Int64, cron: String, timezone: String,
        jitter: Int64, missed: String, priority: Int64, queue: String, createdAt: Timestamp, lookAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.account = account
        self.payload = payload
        self.version = version
        self.cron = cron
        self.timezone = timezone
        self.jitter = jitter
        self.missed = missed
        self.priority = priority
        self.queue = queue
        self.createdAt = createdAt
        self.lookAt = lookAt
        handled = createdAt
    }
}
