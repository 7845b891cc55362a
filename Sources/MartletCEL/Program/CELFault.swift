/// What functions throw: an error that does not yet know its line and column.
///
/// A class, so that it travels in one word.
public final class CELFault: Error, Sendable {
    /// What kind of error it is.
    public let kind: CELFailure.Kind
    /// What happened; quotes keys and numbers of the data, never whole values.
    public let message: String
    /// Bytes before the place in the source; negative while the place is not known.
    let offset: Int

    /// An error without a place; the call that meets it adds its own.
    public convenience init(_ kind: CELFailure.Kind, _ message: String) { self.init(kind, message, offset: -1) }

    init(_ kind: CELFailure.Kind, _ message: String, offset: Int) {
        self.kind = kind
        self.message = message
        self.offset = offset
    }

    /// The arguments are of kinds that the function does not take.
    public static let noOverload = CELFault(.type, "no such overload")

    /// The same error at a place, unless it has one.
    func at(_ offset: Int32) -> CELFault {
        self.offset >= 0 ? self : CELFault(kind, message, offset: Int(offset))
    }
}
