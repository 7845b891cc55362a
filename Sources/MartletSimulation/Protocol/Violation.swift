/// A property that does not hold.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
    /// Which one.
    public let property: Property
    /// What was seen.
    public let message: String

    /// Puts both together.
    public init(_ property: Property, _ message: String) {
        self.property = property
        self.message = message
    }

    /// Both, for people.
    public var description: String { "\(property.rawValue): \(message)" }
}
