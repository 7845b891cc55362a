/// Why a source is not an expression of the language, and where.
public struct CELError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of error it is.
    public enum Kind: String, Sendable, Hashable {
        /// The text does not follow the grammar.
        case syntax
        /// A name that is neither a variable, nor a function, nor a type.
        case unknownName = "unknown_name"
        /// Operands or arguments that no operator or function takes.
        case type
        /// A limit of ``CELLimits`` was reached.
        case limit
    }

    /// What kind of error it is.
    public let kind: Kind
    /// What is wrong and what was expected.
    public let message: String
    /// Where in the source.
    public let place: CELPlace

    /// Makes an error.
    public init(_ kind: Kind, _ message: String, place: CELPlace) {
        self.kind = kind
        self.message = message
        self.place = place
    }

    /// Place and message in one line.
    public var description: String { "\(place): \(message)" }
}
