/// What a check needs of collectors.
public struct CheckNeeds: Sendable, Hashable {
    /// The check's id.
    public var check: String
    /// The collector whose items it looks at.
    public var collector: String
    /// Children of that collector.
    public var children: [String]
    /// Collectors of which it needs all items at once.
    public var data: [String]
    /// Of collectors in ``data``: paths of which the last item for each value is enough, where that holds for all that the
    /// check does with the collector.
    public var distinct: [String: Set<FieldPath>]

    /// Makes the needs of a check.
    public init(
        check: String, collector: String, children: [String] = [], data: [String] = [],
        distinct: [String: Set<FieldPath>] = [:]
    ) {
        self.check = check
        self.collector = collector
        self.children = children
        self.data = data
        self.distinct = distinct
    }
}
