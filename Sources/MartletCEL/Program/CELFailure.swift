/// Why an evaluation has no value, and where in the expression.
public struct CELFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of error it is.
    public enum Kind: String, Sendable, Hashable {
        /// A field, key or element that the data does not have.
        case missing
        /// An operator or function does not take values of these kinds.
        case type
        /// A value of the right kind that cannot be used: division by zero, text that is no number, an overflow.
        case value
        /// A ``CELValue/failure(_:)`` was read; the message is its text.
        case given
        /// A variable or function that does not exist; only where checking was switched off.
        case unknownName = "unknown_name"
        /// A limit of ``CELLimits`` was reached.
        case limit
    }

    /// What kind of error it is.
    public let kind: Kind
    /// What happened.
    public let message: String
    /// Where in the expression.
    public let place: CELPlace

    /// Makes a failure.
    public init(_ kind: Kind, _ message: String, place: CELPlace) {
        self.kind = kind
        self.message = message
        self.place = place
    }

    /// Place and message in one line.
    public var description: String { "\(place): \(message)" }
}
