extension Compiler {
    mutating func list(_ elements: [Expression.Element], _ offset: Int32) throws(CELError) -> Compiled {
        var nodes: ContiguousArray<ListNode.Element> = []
        var type: CELType?
        for element in elements {
            let compiled = try compile(element.value)
            var elementType = compiled.type
            if element.isOptional { elementType = try unwrapped(elementType, element.value.offset) }
            nodes.append(ListNode.Element(node: compiled.node, isOptional: element.isOptional))
            type = type.map { $0.joined(with: elementType) } ?? elementType
        }
        return folded(Compiled(node: ListNode(nodes, offset), type: .list(type ?? .dyn)), nodes.map(\.node))
    }

    mutating func map(_ entries: [Expression.Entry], _ offset: Int32) throws(CELError) -> Compiled {
        var nodes: ContiguousArray<MapNode.Entry> = []
        var keys: CELType?
        var values: CELType?
        for entry in entries {
            let (key, value) = (try compile(entry.key), try compile(entry.value))
            var valueType = value.type
            if entry.isOptional { valueType = try unwrapped(valueType, entry.value.offset) }
            nodes.append(MapNode.Entry(key: key.node, value: value.node, isOptional: entry.isOptional))
            keys = keys.map { $0.joined(with: key.type) } ?? key.type
            values = values.map { $0.joined(with: valueType) } ?? valueType
        }
        let compiled = Compiled(node: MapNode(nodes, offset), type: .map(keys ?? .dyn, values ?? .dyn))
        return folded(compiled, nodes.flatMap { [$0.key, $0.value] })
    }

    private func unwrapped(_ type: CELType, _ offset: Int32) throws(CELError) -> CELType {
        switch type {
        case .optional(let inner): return inner
        case .dyn: return .dyn
        default:
            guard environment.checks else { return .dyn }
            throw error(.type, "expected an optional after ?, got \(type)", offset)
        }
    }

    /// The constant that a node of constants comes to; the node itself when it fails or costs much.
    func folded(_ compiled: Compiled, _ parts: [Node]) -> Compiled {
        guard parts.allSatisfy({ $0.constant != nil }) else { return compiled }
        var limits = environment.limits
        limits.steps = min(limits.steps, 10_000)
        limits.cells = min(limits.cells, 10_000)
        var frame = Frame(bindings: CELBindings(count: 0), localCount: 0, limits: limits)
        guard let value = try? compiled.node.evaluate(&frame) else { return compiled }
        return Compiled(node: ConstantNode(value, compiled.node.offset), type: compiled.type)
    }
}
