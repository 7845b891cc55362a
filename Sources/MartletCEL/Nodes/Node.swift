/// A part of a compiled expression.
///
/// All stored properties of all nodes are `let` and of sendable types, so that nothing changes once a node is made;
/// ``CELProgram`` relies on it.
class Node {
    /// Bytes before the place in the source.
    let offset: Int32
    /// The number of nodes in it that an evaluation may visit, bodies of comprehensions not counted.
    let size: Int

    init(offset: Int32, size: Int) {
        self.offset = offset
        self.size = size
    }

    /// The value.
    func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { throw CELFault.noOverload.at(offset) }

    /// The value of a condition. Nodes whose result is a boolean avoid wrapping it.
    func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        guard case .bool(let flag) = try evaluate(&frame) else {
            throw CELFault(.type, "expected a bool", offset: Int(offset))
        }
        return flag
    }

    /// The value if the whole expression is a constant.
    var constant: CELValue? { nil }
}
