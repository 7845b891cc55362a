import MartletCore

/// A schedule as readers see it.
public struct ScheduleRow: Sendable, Hashable {
    /// What is stored.
    public var schedule: ScheduleRecord
    /// The account that it scans.
    public var account: AccountKey
    /// How far the scan of the last slot has come; nil before the first.
    public var lastState: ScanState?
    /// The database's clock at the time of reading.
    public var now: Timestamp
}
