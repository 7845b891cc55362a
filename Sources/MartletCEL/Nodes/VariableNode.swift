/// A variable of the environment.
final class VariableNode: Node {
    let slot: Int
    let name: String

    init(_ slot: Int, _ name: String, _ offset: Int32) {
        self.slot = slot
        self.name = name
        super.init(offset: offset, size: 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        guard slot < frame.variables.count, let value = frame.variables[slot] else {
            throw VariableNode.unbound(name, offset)
        }
        return try value.read(offset)
    }

    static func unbound(_ name: String, _ offset: Int32) -> CELFault {
        CELFault(.missing, "the variable '\(name)' has no value", offset: Int(offset))
    }
}

/// A variable of a comprehension or of `cel.bind`.
final class LocalNode: Node {
    private let slot: Int

    init(_ slot: Int, _ offset: Int32) {
        self.slot = slot
        super.init(offset: offset, size: 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        try frame.locals[slot].read(offset)
    }
}
