/// The keys of a listing's findings, in its order, some of which may turn out not to match.
protocol FindingKeys: AnyObject {
    /// About `count` more keys, perhaps none though more follow; nil after the last. The
    /// number of statements does not depend on how many there are.
    func next(_ count: Int) throws -> [FindingKey]?

    /// A position before everything that ``next(_:)`` has not given yet and after all it has; nil at the beginning.
    var position: FindingPosition? { get }

    /// After the last key: there may be more findings than keys were asked for in all.
    var wasCut: Bool { get }

    /// All keys are of versions that the filter's deltas ask for.
    var decidesStates: Bool { get }

    /// Ends the query, where one is open.
    func close()
}
