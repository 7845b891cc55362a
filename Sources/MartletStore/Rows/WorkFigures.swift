/// What the workers of an installation have done and how they are.
public struct WorkFigures: Sendable, Hashable {
    /// Counts that only grow, over all workers that there ever were, by name.
    public var totals: [String: Int64] = [:]
    /// Sums over the workers that live, by name.
    public var gauges: [String: Int64] = [:]
    /// The workers that have shown signs of life lately.
    public var workers: Set<String> = []

    /// Nothing yet.
    public init() {}
}
