/// `+`, `-`, `*`, `/`, `%`.
final class ArithmeticNode: Node {
    private let joining: BinaryOperator
    private let left: Node
    private let right: Node

    init(_ joining: BinaryOperator, _ left: Node, _ right: Node, _ offset: Int32) {
        self.joining = joining
        self.left = left
        self.right = right
        super.init(offset: offset, size: left.size + right.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        let left = try left.evaluate(&frame)
        let right = try right.evaluate(&frame)
        do throws(CELFault) {
            switch (left, right) {
            case (.int(let left), .int(let right)): return .int(try Arithmetic.whole(joining, left, right))
            case (.uint(let left), .uint(let right)): return .uint(try Arithmetic.whole(joining, left, right))
            case (.double(let left), .double(let right)): return .double(try Arithmetic.fraction(joining, left, right))
            default: return try joined(left, right, &frame.budget)
            }
        } catch {
            throw error.at(offset)
        }
    }

    private func joined(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        switch (joining, left, right) {
        case (.add, .string(let left), .string(let right)):
            try budget.buildText(bytes: left.utf8.count + right.utf8.count)
            return .string(left + right)
        case (.add, .bytes(let left), .bytes(let right)):
            try budget.buildText(bytes: left.count + right.count)
            return .bytes(left + right)
        case (.add, .list(let left), .list(let right)):
            try budget.work(left.count + right.count)
            try budget.build(left.count + right.count + 1)
            return .list(CELList(left.elements + right.elements))
        case (.add, .timestamp(let moment), .duration(let span)), (.add, .duration(let span), .timestamp(let moment)):
            return .timestamp(try moment.adding(span.nanoseconds))
        case (.subtract, .timestamp(let moment), .duration(let span)):
            return .timestamp(try moment.subtracting(span.nanoseconds))
        case (.subtract, .timestamp(let left), .timestamp(let right)):
            return .duration(try left.distance(from: right))
        case (.add, .duration(let left), .duration(let right)), (.subtract, .duration(let left), .duration(let right)):
            return .duration(
                CELDuration(nanoseconds: try Arithmetic.whole(joining, left.nanoseconds, right.nanoseconds)))
        default:
            throw CELFault(.type, "no such overload: \(left.type.name) \(joining.rawValue) \(right.type.name)")
        }
    }
}

/// `-x`.
final class NegateNode: Node {
    private let operand: Node

    init(_ operand: Node, _ offset: Int32) {
        self.operand = operand
        super.init(offset: offset, size: operand.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        switch try operand.evaluate(&frame) {
        case .int(let number):
            guard number != .min else { throw Arithmetic.outOfRange.at(offset) }
            return .int(-number)
        case .double(let number): return .double(-number)
        case let other: throw CELFault(.type, "no such overload: -\(other.type.name)", offset: Int(offset))
        }
    }
}
