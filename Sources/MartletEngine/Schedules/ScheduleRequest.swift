import MartletCore
import MartletStore

/// A schedule that is asked for.
public struct ScheduleRequest: Sendable {
    /// The account's id, provider/id or name.
    public var account: String
    /// What each scan is told.
    public var order: ScanOrder
    /// What people call it: 1 to 100 bytes, unique in the tenant; nil for its id.
    public var name: String?
    /// When it runs, as five fields or a short form.
    public var cron: String
    /// The IANA name of the zone in which ``cron`` is meant.
    public var timezone = ZoneRules.utc.name
    /// The longest delay of a scan behind its slot, in seconds, 0 to 86400.
    public var jitter = 0
    /// What becomes of slots that could not run in time.
    public var missed = MissedSlotPolicy.runOnce
    /// Of the scans, -1000 to 1000.
    public var priority: Int64 = 0
    /// The queue of the scans.
    public var queue = JobRequest.defaultQueue

    /// A schedule of an account, otherwise by the defaults.
    public init(account: String, order: ScanOrder, cron: String) {
        self.account = account
        self.order = order
        self.cron = cron
    }
}
