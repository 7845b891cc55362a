/// A CEL expression of a check and where it stands.
public struct CheckExpression: Sendable, Hashable {
    /// The text as it was written.
    public let source: String
    /// Where it begins, `file:line:column`.
    public let place: String

    /// Makes an expression from its parts; it is parsed when the check is compiled.
    public init(_ source: String, place: String = "") {
        self.source = source
        self.place = place
    }
}
