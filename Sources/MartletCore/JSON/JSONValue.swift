/// A JSON document as a tree that keeps the order of keys and repeated keys, for documents of bounded size
/// (frameworks, metadata, configuration); findings never pass through it.
public enum JSONValue: Sendable, Hashable {
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without fraction and exponent that 64 bits hold.
    case int(Int64)
    /// Any other number; always finite.
    case double(Double)
    case string(String)
    case array([JSONValue])
    /// The members in the order of the document; a repeated key stands as often as it was written.
    case object([Member])

    /// A key and its value.
    public struct Member: Sendable, Hashable {
        /// The key with its escapes resolved.
        public var key: String
        /// What stands under the key.
        public var value: JSONValue

        /// Makes a member of a key and what stands under it.
        public init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }
}
