/// A key and value attached to a resource. A resource has a set of them; one key may carry several values when a
/// scanner contradicts itself.
public struct Tag: Sendable, Hashable, Comparable {
    /// Any text, also an empty one.
    public let key: String
    /// Any text; empty for a tag that has none.
    public let value: String

    /// Makes a tag; nothing is trimmed or normalised.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    /// By key, then value, in the order of their UTF-8 bytes.
    public static func < (left: Tag, right: Tag) -> Bool {
        left.key == right.key ? left.value < right.value : left.key < right.key
    }
}
