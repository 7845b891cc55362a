import MartletCore

/// An item with what was fetched for it.
public struct CollectedItem: Sendable {
    /// Exactly as the provider gave it.
    public var item: JSONValue
    /// The items below which it was listed, by the names of `from`.
    public var parents: [String: JSONValue] = [:]
    /// Answers of children by name.
    public var children: [String: CollectedAnswer] = [:]

    /// An item without anything.
    public init(_ item: JSONValue) { self.item = item }
}
