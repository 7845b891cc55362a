/// A call of a function.
enum CallNode {
    /// Functions that hand on what is in a list without looking at it.
    private static let carriers: Set<String> = [
        "size", "flatten", "slice", "reverse", "first", "last", "policy.list", "optional.of", "or", "orValue", "value",
        "hasValue", "dyn",
    ]

    /// The node for a function and as many arguments as it takes.
    static func make(_ function: CELFunction, _ arguments: [Node], _ offset: Int32) -> Node {
        let arguments = carriers.contains(function.name) ? arguments : arguments.map { WholeNode($0) }
        return switch (function.body, arguments.count) {
        case (.none(let body), 0): CallNode0(body, offset)
        case (.one(let body), 1): CallNode1(body, arguments[0], offset)
        case (.two(let body), 2): CallNode2(body, arguments[0], arguments[1], offset)
        case (.three(let body), 3): CallNode3(body, arguments, offset)
        case (.many(let body), _): CallNodeMany(body, arguments, offset)
        default: FaultNode(CELFault.noOverload.at(offset))
        }
    }
}

/// An argument that the function looks into.
private final class WholeNode: Node {
    private let argument: Node

    init(_ argument: Node) {
        self.argument = argument
        super.init(offset: argument.offset, size: argument.size)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        try argument.evaluate(&frame).readWhole(offset)
    }

    override var constant: CELValue? { argument.constant }
}

private final class CallNode0: Node {
    private let body: @Sendable (inout CELBudget) throws(CELFault) -> CELValue

    init(_ body: @escaping @Sendable (inout CELBudget) throws(CELFault) -> CELValue, _ offset: Int32) {
        self.body = body
        super.init(offset: offset, size: 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        do throws(CELFault) { return try body(&frame.budget) } catch { throw error.at(offset) }
    }
}

private final class CallNode1: Node {
    private let body: @Sendable (CELValue, inout CELBudget) throws(CELFault) -> CELValue
    private let argument: Node

    init(
        _ body: @escaping @Sendable (CELValue, inout CELBudget) throws(CELFault) -> CELValue, _ argument: Node,
        _ offset: Int32
    ) {
        self.body = body
        self.argument = argument
        super.init(offset: offset, size: argument.size + 2)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        let value = try argument.evaluate(&frame)
        do throws(CELFault) { return try body(value, &frame.budget) } catch { throw error.at(offset) }
    }
}

private final class CallNode2: Node {
    private let body: @Sendable (CELValue, CELValue, inout CELBudget) throws(CELFault) -> CELValue
    private let first: Node
    private let second: Node

    init(
        _ body: @escaping @Sendable (CELValue, CELValue, inout CELBudget) throws(CELFault) -> CELValue, _ first: Node,
        _ second: Node, _ offset: Int32
    ) {
        self.body = body
        self.first = first
        self.second = second
        super.init(offset: offset, size: first.size + second.size + 2)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        let left = try first.evaluate(&frame)
        let right = try second.evaluate(&frame)
        do throws(CELFault) { return try body(left, right, &frame.budget) } catch { throw error.at(offset) }
    }
}

private final class CallNode3: Node {
    private let body: @Sendable (CELValue, CELValue, CELValue, inout CELBudget) throws(CELFault) -> CELValue
    private let arguments: [Node]

    init(
        _ body: @escaping @Sendable (CELValue, CELValue, CELValue, inout CELBudget) throws(CELFault) -> CELValue,
        _ arguments: [Node], _ offset: Int32
    ) {
        self.body = body
        self.arguments = arguments
        super.init(offset: offset, size: arguments.reduce(2) { $0 + $1.size })
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        let first = try arguments[0].evaluate(&frame)
        let second = try arguments[1].evaluate(&frame)
        let third = try arguments[2].evaluate(&frame)
        do throws(CELFault) { return try body(first, second, third, &frame.budget) } catch { throw error.at(offset) }
    }
}

private final class CallNodeMany: Node {
    private let body: @Sendable ([CELValue], inout CELBudget) throws(CELFault) -> CELValue
    private let arguments: [Node]

    init(
        _ body: @escaping @Sendable ([CELValue], inout CELBudget) throws(CELFault) -> CELValue, _ arguments: [Node],
        _ offset: Int32
    ) {
        self.body = body
        self.arguments = arguments
        super.init(offset: offset, size: arguments.reduce(2) { $0 + $1.size })
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        var values: [CELValue] = []
        for argument in arguments { values.append(try argument.evaluate(&frame)) }
        do throws(CELFault) { return try body(values, &frame.budget) } catch { throw error.at(offset) }
    }
}
