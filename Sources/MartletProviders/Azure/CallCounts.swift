/// What a scan has asked so far.
public struct CallCounts: Sendable, Hashable {
    /// Requests that were sent, repeated ones included.
    public var requests = 0
    /// Requests that were sent again.
    public var repeated = 0
    /// Calls that ended without a usable answer.
    public var failed = 0

    /// Nothing yet.
    public init() {}
}
