/// An entry of a check's `with`: all items of another collector, in memory while the check runs.
public struct CheckData: Sendable, Hashable {
    /// How the items are arranged. Paths are keys joined by dots; keys of the result are lower-case.
    public enum Arrangement: Sendable, Hashable {
        /// A list in the order of the answers.
        case list
        /// A map from the value at the path to the item; the last of several wins.
        case index(path: [String])
        /// A map from the value at the path to the list of its items.
        case group(path: [String])
    }

    /// The name under `data`.
    public let name: String
    /// The collector's id.
    public let collector: String
    /// How the items are arranged.
    public let arrangement: Arrangement

    /// Makes an entry from its parts.
    public init(name: String, collector: String, arrangement: Arrangement = .list) {
        self.name = name
        self.collector = collector
        self.arrangement = arrangement
    }
}
