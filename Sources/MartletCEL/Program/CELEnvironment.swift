/// What an expression may use: variables, functions, limits.
///
/// All functions of ``CELFunction/standard`` are there; more can be added. Programs of one environment take the same
/// ``CELBindings``.
public struct CELEnvironment: Sendable {
    /// The variables, in the order in which ``CELBindings`` hold their values.
    public let variables: [CELVariable]
    /// The limits of every program and every evaluation.
    public let limits: CELLimits
    /// Whether names and types are checked before evaluation. Without it an unknown name and a wrong type are errors of
    /// the evaluation only, which `||` and `&&` may absorb.
    public let checks: Bool

    let slots: [String: Int]
    let functions: CELFunctionTable

    /// An environment of some variables. Of variables with the same name the last counts.
    public init(
        variables: [CELVariable] = [], functions: [CELFunction] = [], limits: CELLimits = CELLimits(),
        checks: Bool = true
    ) {
        self.variables = variables
        self.limits = limits
        self.checks = checks
        var slots: [String: Int] = [:]
        for (index, variable) in variables.enumerated() { slots[variable.name] = index }
        self.slots = slots
        self.functions = functions.isEmpty ? .standard : CELFunctionTable(CELFunction.standard + functions)
    }

    /// Values for the variables of this environment. Names that it does not have are left out; a variable without a value
    /// is an error where an expression uses it.
    public func bindings(_ values: [String: CELValue]) -> CELBindings {
        var bindings = CELBindings(count: variables.count)
        for (name, value) in values {
            if let slot = slots[name] { bindings.set(slot, value) }
        }
        return bindings
    }

    /// The position of a variable for ``CELBindings/set(_:_:)``; nil when there is none of this name.
    public func slot(of name: String) -> Int? { slots[name] }
}
