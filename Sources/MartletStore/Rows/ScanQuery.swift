import MartletCore

/// Which scans a page is about, and in which order. Nil means "any".
public struct ScanQuery: Sendable, Hashable {
    /// What scans may be ordered by.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        case name, trigger, scheduledAt, queuedAt, finishedAt, claimedAt, state
    }

    /// Numbers of accounts.
    public var accounts: Set<Int64>?
    /// Whole ids.
    public var ids: Set<String>?
    /// States, of which it must be in one.
    public var states: Set<ScanState>?
    /// Whether a schedule asked for it.
    public var isScheduled: Bool?
    /// The whole name.
    public var name: String?
    /// A part of the name, without regard to ASCII case.
    public var namePart: String?
    /// When it was asked for, bounds included.
    public var queued: ClosedRange<Timestamp>?
    /// When a worker began it first, bounds included.
    public var started: ClosedRange<Timestamp>?
    /// When it ended, bounds included.
    public var finished: ClosedRange<Timestamp>?
    /// What to order by, the most important first; then the newest first.
    public var order: [(by: Order, descending: Bool)] {
        get { orderNames.compactMap { pair in Order(rawValue: pair.name).map { ($0, pair.descending) } } }
        set { orderNames = newValue.map { OrderName(name: $0.by.rawValue, descending: $0.descending) } }
    }

    private struct OrderName: Sendable, Hashable {
        var name: String
        var descending: Bool
    }

    private var orderNames: [OrderName] = []

    /// Every scan, the newest first.
    public init() {}
}
