/// A collector's part in a plan.
public struct PlannedCollector: Sendable {
    /// How to get its items.
    public let definition: CollectorDefinition
    /// Children that are fetched for each item, by name.
    public internal(set) var children: [CollectorChild] = []
    /// Checks that look at its items, by their place among the needs that were planned.
    public internal(set) var checks: [Int] = []
    /// Collectors that are listed below its items, by id.
    public internal(set) var dependents: [String] = []
    /// All its items are kept before anything is checked: a check wants all of them at once, a child is looked up among
    /// them, or a collector below it is kept.
    public internal(set) var isHeld = false
    /// Where it is kept for nothing else: paths of which the last item for each value is enough.
    public internal(set) var distinct: Set<FieldPath>?
    /// Its items are found by their id.
    public internal(set) var isLookedUp = false

    init(_ definition: CollectorDefinition) { self.definition = definition }
}
