/// How far a scan of our own has come.
public struct ScanProgress: Sendable, Hashable {
    /// Calls so far.
    public var calls = CallCounts()
    /// Items that checks have looked at.
    public var items = 0
    /// Collectors whose items have all been looked at.
    public var collectors = 0
    /// Collectors that the scan needs.
    public var collectorsTotal = 0

    /// Nothing yet.
    public init() {}
}
