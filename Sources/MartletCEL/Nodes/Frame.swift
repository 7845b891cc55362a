/// The state of one evaluation.
struct Frame {
    let variables: ContiguousArray<CELValue?>
    var locals: ContiguousArray<CELValue>
    var budget: CELBudget

    init(bindings: CELBindings, localCount: Int, limits: CELLimits) {
        variables = bindings.values
        locals = localCount == 0 ? [] : ContiguousArray(repeating: .null, count: localCount)
        budget = CELBudget(limits)
    }
}
