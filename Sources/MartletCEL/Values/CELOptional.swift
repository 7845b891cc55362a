/// A value that may be absent, as `optional.of(x)`, `optional.none()`, `map.?key` and `list[?0]` make it.
public final class CELOptional: Sendable {
    /// What is there; nil when nothing is.
    public let value: CELValue?

    /// An optional with something or nothing in it.
    public init(_ value: CELValue?) { self.value = value }

    /// The absent value.
    public static let none = CELOptional(nil)
}
