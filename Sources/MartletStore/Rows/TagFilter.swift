/// A condition on a resource's tags.
public struct TagFilter: Sendable, Hashable {
    /// The tag's key, exactly.
    public var key: String
    /// Nil means any value.
    public var value: String?

    /// Makes a condition on one key; both are compared exactly.
    public init(key: String, value: String?) {
        self.key = key
        self.value = value
    }
}
