/// Resolves names, checks types as far as they are known, and turns an expression into nodes.
struct Compiler {
    let environment: CELEnvironment
    let source: [UInt8]
    /// The most variables of comprehensions that are alive together.
    private(set) var localCount = 0
    private var locals: [Local] = []

    /// A node and what is known of its value.
    struct Compiled {
        let node: Node
        let type: CELType
    }

    /// A variable of a comprehension or of `cel.bind`.
    struct Local {
        let name: String
        let slot: Int
        let type: CELType
    }

    init(environment: CELEnvironment, source: [UInt8]) {
        self.environment = environment
        self.source = source
    }

    /// Compiles a whole expression or a part of one.
    mutating func compile(_ expression: Expression) throws(CELError) -> Compiled {
        let offset = expression.offset
        switch expression.kind {
        case .literal(let value): return Compiled(node: ConstantNode(value, offset), type: value.type)
        case .name, .select: return try path(expression)
        case .index(let base, let index, let isOptional):
            return try self.index(try compile(base), try compile(index), isOptional, offset)
        case .call(let target, let name, let arguments): return try call(target, name, arguments, offset)
        case .list(let elements): return try list(elements, offset)
        case .map(let entries): return try map(entries, offset)
        case .not(let operand):
            let operand = try condition(operand)
            return Compiled(node: NotNode(operand, offset), type: .bool)
        case .negate(let operand): return try negation(try compile(operand), offset)
        case .binary(let joining, let left, let right): return try binary(joining, left, right, offset)
        case .all(let operands): return try junction(operands, offset, isAnd: true)
        case .any(let operands): return try junction(operands, offset, isAnd: false)
        case .conditional(let condition, let yes, let no): return try choice(condition, yes, no, offset)
        }
    }

    func error(_ kind: CELError.Kind, _ message: String, _ offset: Int32) -> CELError {
        CELError(kind, message, place: CELPlace(offset: Int(offset), in: source))
    }

    /// What stands for something that cannot work: an error now, or when it is evaluated where checks are off.
    func refuse(
        _ kind: CELError.Kind, _ message: String, _ offset: Int32
    ) throws(CELError) -> Compiled {
        guard !environment.checks else { throw error(kind, message, offset) }
        let kind: CELFailure.Kind = kind == .unknownName ? .unknownName : .type
        return Compiled(node: FaultNode(CELFault(kind, message, offset: Int(offset))), type: .dyn)
    }

    /// An operand that must be a boolean.
    mutating func condition(_ expression: Expression) throws(CELError) -> Node {
        let compiled = try compile(expression)
        guard !environment.checks || compiled.type.mayBe(.bool) else {
            throw error(.type, "expected a bool, got \(compiled.type)", expression.offset)
        }
        return compiled.node
    }

    private mutating func junction(
        _ operands: [Expression], _ offset: Int32, isAnd: Bool
    ) throws(CELError) -> Compiled {
        var nodes: ContiguousArray<Node> = []
        for operand in operands { nodes.append(try condition(operand)) }
        return Compiled(node: isAnd ? AndNode(nodes, offset) : OrNode(nodes, offset), type: .bool)
    }

    private mutating func choice(
        _ condition: Expression, _ yes: Expression, _ no: Expression, _ offset: Int32
    ) throws(CELError) -> Compiled {
        let condition = try self.condition(condition)
        let (yes, no) = (try compile(yes), try compile(no))
        return Compiled(
            node: ConditionalNode(condition, yes.node, no.node, offset), type: yes.type.joined(with: no.type))
    }

    // MARK: Variables of comprehensions

    func local(_ name: String) -> Local? { locals.last { $0.name == name } }

    /// Makes a variable that lasts until ``dropLocals(_:)``.
    mutating func addLocal(_ name: String, _ type: CELType) -> Int {
        let slot = locals.count
        locals.append(Local(name: name, slot: slot, type: type))
        localCount = max(localCount, locals.count)
        return slot
    }

    mutating func dropLocals(_ count: Int) { locals.removeLast(min(count, locals.count)) }
}
