extension Compiler {
    mutating func call(
        _ target: Expression?, _ name: String, _ arguments: [Expression], _ offset: Int32
    ) throws(CELError) -> Compiled {
        if let compiled = try macro(target, name, arguments, offset) { return compiled }
        if let target {
            if let space = namespace(target), environment.functions.has(space + "." + name, .global) {
                return try apply(space + "." + name, .global, arguments, offset)
            }
            return try apply(name, .member, [target] + arguments, offset)
        }
        // Times relative to the variable `now`.
        if arguments.count == 1, name == "daysSince" || name == "daysUntil", let slot = environment.slots["now"] {
            let now = Compiled(node: VariableNode(slot, "now", offset), type: environment.variables[slot].type)
            return try apply(name, .global, [try compile(arguments[0]), now], offset)
        }
        return try apply(name, .global, arguments, offset)
    }

    /// The name before a function's in a namespace; nil when it begins with a variable.
    private func namespace(_ target: Expression) -> String? {
        guard let names = names(target), let first = names.first, local(first) == nil else { return nil }
        let full = names.joined(separator: ".")
        let absolute = full.hasPrefix(".") ? String(full.dropFirst()) : full
        return environment.slots[first] == nil && environment.slots[absolute] == nil ? absolute : nil
    }

    private mutating func apply(
        _ name: String, _ style: CELFunction.Style, _ arguments: [Expression], _ offset: Int32
    ) throws(CELError) -> Compiled {
        guard environment.functions.has(name, style) else {
            let label = style == .member ? "'.\(name)()'" : "'\(name)()'"
            return try refuse(.unknownName, "there is no function \(label)", offset)
        }
        var compiled: [Compiled] = []
        for argument in arguments { compiled.append(try compile(argument)) }
        return try apply(name, style, compiled, offset)
    }

    private func apply(
        _ name: String, _ style: CELFunction.Style, _ arguments: [Compiled], _ offset: Int32
    ) throws(CELError) -> Compiled {
        let types = arguments.map(\.type)
        guard let function = environment.functions.find(name, style, arity: arguments.count),
            let result = result(function, types)
        else {
            let list = types.map(\.description).joined(separator: ", ")
            return try refuse(.type, "no such overload: \(name)(\(list))", offset)
        }
        let nodes = arguments.map(\.node)
        if name == "matches", nodes.count == 2, case .string(let pattern)? = nodes[1].constant {
            return Compiled(node: try matching(nodes[0], pattern, nodes[1].offset, offset), type: .bool)
        }
        return folded(Compiled(node: CallNode.make(function, nodes, offset), type: result), nodes)
    }

    /// A constant pattern is compiled once, and wrong ones are errors before evaluation.
    private func matching(
        _ text: Node, _ pattern: String, _ patternOffset: Int32, _ offset: Int32
    ) throws(CELError) -> Node {
        do throws(CELFault) {
            let regex = try Regex(pattern, limits: environment.limits)
            return MatchNode(text, regex.withTable(), offset)
        } catch {
            guard environment.checks else { return FaultNode(error.at(offset)) }
            throw self.error(error.kind == .limit ? .limit : .syntax, error.message, patternOffset)
        }
    }

    /// The type of a result; nil when no signature takes such arguments.
    private func result(_ function: CELFunction, _ types: [CELType]) -> CELType? {
        guard environment.checks else { return .dyn }
        guard function.arity != nil else {
            // Each argument may have the type of any signature.
            let fits = types.allSatisfy { type in
                function.signatures.contains { type.mayBe($0.arguments.first ?? .dyn) }
            }
            return fits ? function.signatures.map(\.result).reduce(nil) { $0?.joined(with: $1) ?? $1 } : nil
        }
        var result: CELType?
        for signature in function.signatures where zip(types, signature.arguments).allSatisfy({ $0.mayBe($1) }) {
            result = result.map { $0.joined(with: signature.result) } ?? signature.result
        }
        return result
    }
}
