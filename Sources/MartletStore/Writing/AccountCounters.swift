import MartletCore

/// The counters of an account.
public struct AccountCounters: Sendable, Hashable {
    /// The last generation that was begun.
    public var generation: Int64
    /// The generation readers see; 0 before the first publish.
    public var published: Int64
    /// The number the next new resource gets.
    public var nextResource: Int64
    /// Raised by every visible change.
    public var postureVersion: Int64
    /// When the source of the published scan looked.
    public var observedAt: Timestamp?
}
