extension Compiler {
    mutating func binary(
        _ joining: BinaryOperator, _ left: Expression, _ right: Expression, _ offset: Int32
    ) throws(CELError) -> Compiled {
        let (left, right) = (try compile(left), try compile(right))
        guard let type = result(joining, left.type, right.type) else {
            return try refuse(
                .type, "no such overload: \(left.type) \(joining.rawValue) \(right.type)", offset)
        }
        let node: Node =
            switch joining {
            case .equal: EqualNode.make(left.node, right.node, isNegated: false, offset)
            case .notEqual: EqualNode.make(left.node, right.node, isNegated: true, offset)
            case .less, .lessOrEqual, .greater, .greaterOrEqual: CompareNode(joining, left.node, right.node, offset)
            case .isIn: InNode(left.node, right.node, offset)
            default: ArithmeticNode(joining, left.node, right.node, offset)
            }
        return Compiled(node: node, type: type)
    }

    func negation(_ operand: Compiled, _ offset: Int32) throws(CELError) -> Compiled {
        switch operand.type {
        case .int, .double, .dyn: Compiled(node: NegateNode(operand.node, offset), type: operand.type)
        default: try refuse(.type, "no such overload: -\(operand.type)", offset)
        }
    }

    /// The type of a result; nil when no values of these types can be joined.
    private func result(_ joining: BinaryOperator, _ left: CELType, _ right: CELType) -> CELType? {
        switch joining {
        case .equal, .notEqual: Compiler.canBeEqual(left, right) ? .bool : nil
        case .less, .lessOrEqual, .greater, .greaterOrEqual: Compiler.haveOrder(left, right) ? .bool : nil
        case .isIn:
            switch right {
            case .dyn, .list, .map: .bool
            default: nil
            }
        default: Compiler.arithmetic(joining, left, right)
        }
    }

    /// Whether it makes sense to ask; values of different known kinds are never equal, which is surely a mistake.
    private static func canBeEqual(_ left: CELType, _ right: CELType) -> Bool {
        switch (left, right) {
        case (.dyn, _), (_, .dyn), (.null, _), (_, .null): true
        case (.list, .list), (.map, .map), (.optional, .optional): true
        default: left == right || left.isNumeric && right.isNumeric
        }
    }

    private static func haveOrder(_ left: CELType, _ right: CELType) -> Bool {
        let ordered: Set<CELType> = [
            .dyn, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration,
        ]
        guard ordered.contains(left), ordered.contains(right) else { return false }
        return left == right || left == .dyn || right == .dyn || left.isNumeric && right.isNumeric
    }

    private static func arithmetic(_ joining: BinaryOperator, _ left: CELType, _ right: CELType) -> CELType? {
        switch (joining, left, right) {
        case (_, .dyn, .dyn): .dyn
        case (_, .int, .int), (_, .uint, .uint): left
        case (.remainder, .double, _), (.remainder, _, .double): nil
        case (_, .double, .double): .double
        case (.add, .string, .string), (.add, .bytes, .bytes): left
        case (.add, .list, .list): left.joined(with: right)
        case (.add, .timestamp, .duration), (.add, .duration, .timestamp), (.subtract, .timestamp, .duration):
            .timestamp
        case (.add, .duration, .duration), (.subtract, .duration, .duration): .duration
        case (.subtract, .timestamp, .timestamp): .duration
        case (_, .dyn, let known), (_, let known, .dyn): operand(known, of: joining) ? .dyn : nil
        default: nil
        }
    }

    private static func operand(_ type: CELType, of joining: BinaryOperator) -> Bool {
        switch type {
        case .int, .uint: true
        case .double: joining != .remainder
        case .string, .bytes, .list: joining == .add
        case .timestamp, .duration: joining == .add || joining == .subtract
        default: false
        }
    }
}
