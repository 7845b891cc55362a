/// How many findings a list has.
public struct FindingCount: Sendable, Hashable {
    /// Up to this many findings are counted one by one.
    public static let limit: Int64 = 10_000

    /// The number; where it is not exact there are more than this.
    public var count: Int64
    /// Whether ``count`` is the number. Where conditions are decided on texts or names, counting may also end below
    /// ``limit``, because the rows read for a count are bounded.
    public var isExact: Bool
}
