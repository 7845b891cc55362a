extension Compiler {
    /// Calls that are not functions, because they bind names or look at a field without reading it; nil for all others.
    mutating func macro(
        _ target: Expression?, _ name: String, _ arguments: [Expression], _ offset: Int32
    ) throws(CELError) -> Compiled? {
        guard let target else {
            guard name == "has", arguments.count == 1 else { return nil }
            return try has(arguments[0], offset)
        }
        switch (name, arguments.count) {
        case ("all", 2), ("exists", 2), ("exists_one", 2), ("existsOne", 2), ("filter", 2), ("map", 2), ("map", 3),
            ("sortBy", 2), ("all", 3), ("exists", 3), ("exists_one", 3), ("existsOne", 3), ("transformList", 3),
            ("transformList", 4), ("transformMap", 3), ("transformMap", 4):
            return try comprehension(target, name, arguments, offset)
        case ("bind", 3):
            guard case .name("cel") = target.kind else { return nil }
            return try binding(arguments, offset)
        case ("optMap", 2), ("optFlatMap", 2): return try optionalMapping(target, name, arguments, offset)
        default: return nil
        }
    }

    /// `has(base.field)`.
    private mutating func has(_ argument: Expression, _ offset: Int32) throws(CELError) -> Compiled {
        guard case .select(let base, let field, let isOptional) = argument.kind else {
            throw error(.syntax, "has() takes a field: has(a.b)", argument.offset)
        }
        // A variable with dots in its name is there.
        if let names = names(argument), local(names[0]) == nil,
            environment.slots[names.joined(separator: ".")] != nil
        {
            return Compiled(node: ConstantNode(.bool(true), offset), type: .bool)
        }
        let compiled = try compile(base)
        switch compiled.type {
        case .dyn, .map, .optional: break
        default: return try refuse(.type, "\(compiled.type) has no fields, so there is no '\(field)'", argument.offset)
        }
        return Compiled(node: HasNode(compiled.node, field, isOptional: isOptional, argument.offset), type: .bool)
    }

    private func variable(_ expression: Expression, of macro: String) throws(CELError) -> String {
        guard case .name(let name) = expression.kind, !name.hasPrefix(".") else {
            throw error(.syntax, "\(macro)() takes the name of a variable here", expression.offset)
        }
        return name
    }

    private mutating func comprehension(
        _ target: Expression, _ name: String, _ arguments: [Expression], _ offset: Int32
    ) throws(CELError) -> Compiled {
        let range = try compile(target)
        let hasTwo = arguments.count == 4 || name.hasPrefix("transform") || arguments.count == 3 && name != "map"
        let first = try variable(arguments[0], of: name)
        let second = hasTwo ? try variable(arguments[1], of: name) : nil
        guard first != second else {
            throw error(.syntax, "the two variables need different names", arguments[1].offset)
        }
        guard let types = elementTypes(range.type, hasTwo: hasTwo) else {
            return try refuse(.type, "\(name)() takes a list or a map, not \(range.type)", offset)
        }
        let slot = addLocal(first, types.0)
        if let second { _ = addLocal(second, types.1) }
        defer { dropLocals(hasTwo ? 2 : 1) }
        let parts = arguments.dropFirst(hasTwo ? 2 : 1)
        let loop = Loop(range: range.node, slot: slot, hasTwo: hasTwo)
        return try body(loop, name, Array(parts), types, offset)
    }

    private mutating func body(
        _ loop: Loop, _ name: String, _ parts: [Expression], _ types: (CELType, CELType), _ offset: Int32
    ) throws(CELError) -> Compiled {
        switch name {
        case "all": return Compiled(node: QuantifierNode(.all, loop, try condition(parts[0]), offset), type: .bool)
        case "exists":
            return Compiled(node: QuantifierNode(.exists, loop, try condition(parts[0]), offset), type: .bool)
        case "exists_one", "existsOne":
            return Compiled(node: ExistsOneNode(loop, try condition(parts[0]), offset), type: .bool)
        case "filter":
            let filter = try condition(parts[0])
            return Compiled(node: TransformNode(loop, filter: filter, nil, offset), type: .list(types.0))
        case "sortBy":
            let key = try compile(parts[0])
            return Compiled(node: SortByNode(loop, key.node, offset), type: .list(types.0))
        default:
            let filter = parts.count == 2 ? try condition(parts[0]) : nil
            let value = try compile(parts[parts.count - 1])
            guard name == "transformMap" else {
                return Compiled(node: TransformNode(loop, filter: filter, value.node, offset), type: .list(value.type))
            }
            return Compiled(
                node: TransformMapNode(loop, filter: filter, value.node, offset), type: .map(types.0, value.type))
        }
    }

    /// The types of the variables; nil when there is nothing to go through.
    private func elementTypes(_ range: CELType, hasTwo: Bool) -> (CELType, CELType)? {
        switch range {
        case .dyn: (.dyn, .dyn)
        case .list(let element): hasTwo ? (.int, element) : (element, .dyn)
        case .map(let key, let value): (key, value)
        default: nil
        }
    }

    /// `cel.bind(name, value, expression)`.
    private mutating func binding(_ arguments: [Expression], _ offset: Int32) throws(CELError) -> Compiled {
        let name = try variable(arguments[0], of: "cel.bind")
        let value = try compile(arguments[1])
        let slot = addLocal(name, value.type)
        defer { dropLocals(1) }
        let body = try compile(arguments[2])
        return Compiled(node: BindNode(slot, value.node, body.node, offset), type: body.type)
    }

    /// `optional.optMap(name, expression)` and `optFlatMap`.
    private mutating func optionalMapping(
        _ target: Expression, _ name: String, _ arguments: [Expression], _ offset: Int32
    ) throws(CELError) -> Compiled {
        let optional = try compile(target)
        let variable = try variable(arguments[0], of: name)
        var inner = CELType.dyn
        if case .optional(let type) = optional.type { inner = type }
        guard optional.type.mayBe(.optional(.dyn)) else {
            return try refuse(.type, "\(name)() takes an optional, not \(optional.type)", offset)
        }
        let slot = addLocal(variable, inner)
        defer { dropLocals(1) }
        let body = try compile(arguments[1])
        let isFlat = name == "optFlatMap"
        return Compiled(
            node: OptionalMapNode(slot, optional.node, body.node, isFlat: isFlat, offset),
            type: isFlat ? body.type : .optional(body.type))
    }
}
