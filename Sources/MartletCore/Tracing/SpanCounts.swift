/// What became of spans.
public struct SpanCounts: Sendable, Hashable {
    /// Those that a collector has taken.
    public var sent: Int64 = 0
    /// Those that were given up: the queue was full, or no collector took them.
    public var dropped: Int64 = 0

    /// None yet.
    public init() {}
}
