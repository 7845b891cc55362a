/// A parsed expression, before names are resolved.
struct Expression {
    let kind: Kind
    /// Bytes before its place in the source: of an operator or a dot for what they join.
    let offset: Int32
    /// How deep it is nested.
    let depth: Int

    indirect enum Kind {
        case literal(CELValue)
        /// A name; with a leading dot for one that no comprehension's variable hides.
        case name(String)
        case select(Expression, field: String, isOptional: Bool)
        case index(Expression, Expression, isOptional: Bool)
        case call(on: Expression?, name: String, arguments: [Expression])
        case list([Element])
        case map([Entry])
        case not(Expression)
        case negate(Expression)
        case binary(BinaryOperator, Expression, Expression)
        /// Operands of a chain of `&&`.
        case all([Expression])
        /// Operands of a chain of `||`.
        case any([Expression])
        case conditional(Expression, Expression, Expression)
    }

    /// An element of a list.
    struct Element {
        let value: Expression
        let isOptional: Bool
    }

    /// An entry of a map.
    struct Entry {
        let key: Expression
        let value: Expression
        let isOptional: Bool
    }
}
