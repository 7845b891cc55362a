/// `cel.bind(name, value, body)`.
final class BindNode: Node {
    private let slot: Int
    private let value: Node
    private let body: Node

    init(_ slot: Int, _ value: Node, _ body: Node, _ offset: Int32) {
        self.slot = slot
        self.value = value
        self.body = body
        super.init(offset: offset, size: value.size + body.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        frame.locals[slot] = try value.evaluate(&frame)
        return try body.evaluate(&frame)
    }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        frame.locals[slot] = try value.evaluate(&frame)
        return try body.test(&frame)
    }
}

/// `optional.optMap(name, body)` and `optional.optFlatMap(name, body)`.
final class OptionalMapNode: Node {
    private let slot: Int
    private let optional: Node
    private let body: Node
    private let isFlat: Bool

    init(_ slot: Int, _ optional: Node, _ body: Node, isFlat: Bool, _ offset: Int32) {
        self.slot = slot
        self.optional = optional
        self.body = body
        self.isFlat = isFlat
        super.init(offset: offset, size: optional.size + body.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        guard case .optional(let optional) = try optional.evaluate(&frame) else {
            throw CELFault(.type, "expected an optional", offset: Int(offset))
        }
        guard let value = optional.value else { return .optional(.none) }
        frame.locals[slot] = value
        let result = try body.evaluate(&frame)
        guard isFlat else { return .optional(CELOptional(result)) }
        guard case .optional = result else {
            throw CELFault(.type, "the expression of optFlatMap must be an optional", offset: Int(offset))
        }
        return result
    }
}
