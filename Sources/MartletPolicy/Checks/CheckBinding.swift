/// An entry of a check's `let`: a name for a value that its later expressions use.
public struct CheckBinding: Sendable, Hashable {
    /// The variable's name, a CEL identifier.
    public let name: String
    /// What it stands for.
    public let expression: CheckExpression

    /// Makes a binding from its parts.
    public init(name: String, expression: CheckExpression) {
        self.name = name
        self.expression = expression
    }
}
