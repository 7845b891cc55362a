/// `==` and `!=`.
final class EqualNode: Node {
    private let left: Node
    private let right: Node
    private let isNegated: Bool

    private init(_ left: Node, _ right: Node, isNegated: Bool, _ offset: Int32) {
        self.left = left
        self.right = right
        self.isNegated = isNegated
        super.init(offset: offset, size: left.size + right.size + 1)
    }

    /// The fastest node for two operands.
    static func make(_ left: Node, _ right: Node, isNegated: Bool, _ offset: Int32) -> Node {
        if let constant = right.constant {
            return EqualConstantNode(left, constant, isNegated: isNegated, offset)
        }
        if let constant = left.constant {
            return EqualConstantNode(right, constant, isNegated: isNegated, offset)
        }
        return EqualNode(left, right, isNegated: isNegated, offset)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        let left = try left.evaluate(&frame).readWhole(offset)
        let right = try right.evaluate(&frame).readWhole(offset)
        try EqualNode.pay(left, right, &frame.budget, offset)
        return left.isEqual(to: right) != isNegated
    }

    /// A comparison walks through the smaller of both at most.
    @inline(__always)
    static func pay(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget, _ offset: Int32
    ) throws(CELFault) {
        switch left {
        case .null, .bool, .int, .uint, .double: return
        default:
            let work = min(left.weight, right.weight)
            if work > 4 { try budget.work(work) }
        }
    }
}

/// `==` and `!=` with a constant on one side.
final class EqualConstantNode: Node {
    private let operand: Node
    private let value: CELValue
    private let isNegated: Bool

    init(_ operand: Node, _ value: CELValue, isNegated: Bool, _ offset: Int32) {
        self.operand = operand
        self.value = value
        self.isNegated = isNegated
        super.init(offset: offset, size: operand.size + 2)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        // A constant is bounded by the length of the source, so nothing needs to be paid.
        try operand.evaluate(&frame).readWhole(offset).isEqual(to: value) != isNegated
    }
}
