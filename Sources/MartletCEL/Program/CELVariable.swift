/// A variable that expressions may use.
public struct CELVariable: Sendable, Hashable {
    /// The name; it may have dots.
    public let name: String
    /// What is known of its value.
    public let type: CELType

    /// A variable, of any type unless one is given.
    public init(_ name: String, _ type: CELType = .dyn) {
        self.name = name
        self.type = type
    }
}
