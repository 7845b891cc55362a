/// The values of an environment's variables for one evaluation, by position.
public struct CELBindings: Sendable {
    var values: ContiguousArray<CELValue?>

    init(count: Int) { values = ContiguousArray(repeating: nil, count: count) }

    /// Gives a variable a value, or takes it away. Positions outside of the environment are left alone.
    public mutating func set(_ slot: Int, _ value: CELValue?) {
        if values.indices.contains(slot) { values[slot] = value }
    }
}
