extension Compiler {
    /// A name with the fields selected from it. The longest beginning that is a variable counts.
    mutating func path(_ expression: Expression) throws(CELError) -> Compiled {
        guard let names = names(expression), let first = names.first else { return try selection(expression) }
        let root = first.hasPrefix(".") ? nil : local(first)
        if root == nil {
            let full = names.joined(separator: ".")
            let absolute = full.hasPrefix(".") ? String(full.dropFirst()) : full
            if let slot = environment.slots[absolute] {
                return Compiled(
                    node: VariableNode(slot, environment.variables[slot].name, expression.offset),
                    type: environment.variables[slot].type)
            }
            if CELType.named.contains(absolute) {
                return Compiled(node: ConstantNode(.type(absolute), expression.offset), type: .type)
            }
        }
        guard case .name(let name) = expression.kind else { return try selection(expression) }
        if let root { return Compiled(node: LocalNode(root.slot, expression.offset), type: root.type) }
        return try refuse(
            .unknownName, "there is no variable '\(name)'" + suggestion(name), expression.offset)
    }

    /// Name and fields when the expression consists of nothing else.
    func names(_ expression: Expression) -> [String]? {
        var fields: [String] = []
        var current = expression
        while case .select(let base, let field, false) = current.kind {
            fields.append(field)
            current = base
        }
        guard case .name(let name) = current.kind else { return nil }
        return [name] + fields.reversed()
    }

    private func suggestion(_ name: String) -> String {
        let names = environment.variables.map(\.name)
        return names.isEmpty || names.count > 12 ? "" : "; there are \(names.joined(separator: ", "))"
    }

    private mutating func selection(_ expression: Expression) throws(CELError) -> Compiled {
        guard case .select(let base, let field, let isOptional) = expression.kind else {
            return try compile(expression)
        }
        let compiled = try compile(base)
        let offset = expression.offset
        guard let type = selected(from: compiled.type, isOptional: isOptional) else {
            return try refuse(.type, "\(compiled.type) has no fields, so there is no '\(field)'", offset)
        }
        if !isOptional, let joined = PathNode(extending: compiled.node, field, offset) {
            return Compiled(node: joined, type: type)
        }
        return Compiled(node: SelectNode(compiled.node, field, isOptional: isOptional, offset), type: type)
    }

    /// The type of a field; nil when there can be none.
    private func selected(from type: CELType, isOptional: Bool) -> CELType? {
        switch type {
        case .dyn: .dyn
        case .map(let key, let value): key.mayBe(.string) ? isOptional ? .optional(value) : value : nil
        case .optional(let inner): selected(from: inner, isOptional: false).map { .optional($0) }
        default: nil
        }
    }

    mutating func index(
        _ base: Compiled, _ index: Compiled, _ isOptional: Bool, _ offset: Int32
    ) throws(CELError) -> Compiled {
        guard let type = indexed(base.type, by: index.type, isOptional: isOptional) else {
            return try refuse(.type, "no such overload: \(base.type)[\(index.type)]", offset)
        }
        if !isOptional, case .string(let key)? = index.node.constant,
            let joined = PathNode(extending: base.node, key, offset)
        {
            return Compiled(node: joined, type: type)
        }
        return Compiled(node: IndexNode(base.node, index.node, isOptional: isOptional, offset), type: type)
    }

    private func indexed(_ base: CELType, by index: CELType, isOptional: Bool) -> CELType? {
        switch base {
        case .dyn: .dyn
        case .list(let element):
            index == .dyn || index.isNumeric ? isOptional ? .optional(element) : element : nil
        case .map(let key, let value):
            key.mayBe(index) || key.isNumeric && index.isNumeric ? isOptional ? .optional(value) : value : nil
        case .optional(let inner): indexed(inner, by: index, isOptional: false).map { .optional($0) }
        default: nil
        }
    }
}
