/// What came of an exhaustive search.
public struct SmallReport: Sendable {
    /// States that differ, up to a renaming of tokens and workers.
    public var states = 0
    /// Steps from one state to another.
    public var steps = 0
    /// Steps from the beginning to the state that is farthest away.
    public var depth = 0
    /// States in which all jobs have ended and nobody is at work.
    public var ends = 0
    /// Whether all states within the bounds were seen.
    public var isComplete = false
    /// The first property that did not hold.
    public var violation: Violation?
    /// The steps that lead to it.
    public var path: [String] = []

    /// Nothing was searched yet.
    public init() {}
}
