/// `<`, `<=`, `>`, `>=`.
final class CompareNode: Node {
    private let joining: BinaryOperator
    private let left: Node
    private let right: Node

    init(_ joining: BinaryOperator, _ left: Node, _ right: Node, _ offset: Int32) {
        self.joining = joining
        self.left = left
        self.right = right
        super.init(offset: offset, size: left.size + right.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        let left = try left.evaluate(&frame)
        let right = try right.evaluate(&frame)
        try EqualNode.pay(left, right, &frame.budget, offset)
        guard let order = left.order(right) else {
            throw CELFault(
                .type, "no such overload: \(left.type.name) \(joining.rawValue) \(right.type.name)", offset: Int(offset)
            )
        }
        return switch joining {
        case .less: order == .ascending
        case .lessOrEqual: order == .ascending || order == .equal
        case .greater: order == .descending
        default: order == .descending || order == .equal
        }
    }
}

/// `x in list` and `key in map`.
final class InNode: Node {
    private let element: Node
    private let container: Node

    init(_ element: Node, _ container: Node, _ offset: Int32) {
        self.element = element
        self.container = container
        super.init(offset: offset, size: element.size + container.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        let element = try element.evaluate(&frame).readWhole(offset)
        switch try container.evaluate(&frame) {
        case .list(let list):
            try frame.budget.work(list.weight)
            for candidate in list.elements where candidate.isEqual(to: element) { return true }
            if let reason = list.failure { throw CELFault(.given, reason, offset: Int(offset)) }
            return false
        case .map(let map): return map[element] != nil
        case let other:
            throw CELFault(
                .type, "no such overload: \(element.type.name) in \(other.type.name)", offset: Int(offset))
        }
    }
}
