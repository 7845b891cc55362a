/// A function of an environment: one name, one number of arguments.
public struct CELFunction: Sendable {
    /// How a function is called.
    public enum Style: Sendable, Hashable {
        /// `name(x)`. The name may have dots.
        case global
        /// `x.name()`; `x` is the first argument.
        case member
    }

    /// Types that are taken together, and what comes of them.
    public struct Signature: Sendable, Hashable {
        /// The types of the arguments; of a member function the first is what it is called on.
        public let arguments: [CELType]
        /// The type of the result.
        public let result: CELType

        /// A signature.
        public init(_ arguments: [CELType], _ result: CELType) {
            self.arguments = arguments
            self.result = result
        }
    }

    /// What is run. It gets values of any kind, since types are not always known beforehand, and throws
    /// ``CELFault/noOverload`` for those that it does not take. Work that grows with the arguments is paid for through the
    /// budget.
    public enum Body: Sendable {
        /// Of no argument.
        case none(@Sendable (inout CELBudget) throws(CELFault) -> CELValue)
        /// Of one argument.
        case one(@Sendable (CELValue, inout CELBudget) throws(CELFault) -> CELValue)
        /// Of two arguments.
        case two(@Sendable (CELValue, CELValue, inout CELBudget) throws(CELFault) -> CELValue)
        /// Of three arguments.
        case three(@Sendable (CELValue, CELValue, CELValue, inout CELBudget) throws(CELFault) -> CELValue)
        /// Of any number.
        case many(@Sendable ([CELValue], inout CELBudget) throws(CELFault) -> CELValue)
    }

    /// The name, with dots in a namespace.
    public let name: String
    /// How it is called.
    public let style: Style
    /// The types it takes.
    public let signatures: [Signature]
    /// What is run.
    public let body: Body

    /// The number of arguments; nil where any number is taken.
    var arity: Int? {
        switch body {
        case .none: 0
        case .one: 1
        case .two: 2
        case .three: 3
        case .many: nil
        }
    }

    /// A function. For ``Body/many(_:)`` signatures state the types of a single argument, which every argument may have.
    public init(_ name: String, _ style: Style, _ signatures: [Signature], _ body: Body) {
        self.name = name
        self.style = style
        self.signatures = signatures
        self.body = body
    }
}
