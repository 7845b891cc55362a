import MartletCore

extension CheckReader {
    /// Reads `with`.
    func data(_ fields: NodeFields) throws(MartletError) -> [CheckData] {
        var data: [CheckData] = []
        for entry in try fields.mapping("with") {
            try identifier(entry, "with")
            let parts = try self.fields(entry.value, "with.\(entry.key)", ["collector", "index", "group"])
            let index = try path(parts, "index")
            let group = try path(parts, "group")
            if index != nil, group != nil {
                throw MartletError(
                    .invalidInput, "with.\(entry.key) has both 'index' and 'group'; leave one out",
                    place: entry.place(in: file))
            }
            let arrangement: CheckData.Arrangement =
                if let index { .index(path: index) } else if let group { .group(path: group) } else { .list }
            data.append(
                CheckData(name: entry.key, collector: try parts.required("collector"), arrangement: arrangement))
        }
        return data
    }

    private func path(_ fields: NodeFields, _ key: String) throws(MartletError) -> [String]? {
        guard let text = try fields.text(key), let node = fields[key] else { return nil }
        let keys = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard keys.allSatisfy({ !$0.isEmpty }) else {
            throw fields.invalid(key, "expected keys joined by dots, for example properties.vaultUri", node)
        }
        return keys
    }

    /// Reads `parameters`.
    func parameters(_ fields: NodeFields) throws(MartletError) -> [CheckParameter] {
        var parameters: [CheckParameter] = []
        for entry in try fields.mapping("parameters") {
            try identifier(entry, "parameters")
            parameters.append(try parameter(entry))
        }
        return parameters
    }

    private func parameter(_ entry: MarkedNode.Entry) throws(MartletError) -> CheckParameter {
        let name = "parameters.\(entry.key)"
        let parts = try fields(
            entry.value, name, ["type", "default", "description", "minimum", "maximum", "choices"])
        guard let type = try parts.word("type", CheckParameterType.self) else { throw parts.missing("type") }
        guard let node = parts["default"] else { throw parts.missing("default") }
        var choices: [JSONValue] = []
        for choice in try parts.list("choices") { choices.append(try parts.json(choice)) }
        let value = try parts.json(node)
        let parameter = CheckParameter(
            name: entry.key, type: type, defaultValue: type.accept(value) ?? value,
            description: try parts.required("description"), minimum: try number(parts, "minimum"),
            maximum: try number(parts, "maximum"), choices: choices)
        do { _ = try parameter.accept(value) } catch {
            throw MartletError(.invalidInput, "\(name).default: \(error.message)", place: node.place(in: file))
        }
        return parameter
    }

    private func number(_ fields: NodeFields, _ key: String) throws(MartletError) -> Double? {
        guard let node = fields[key] else { return nil }
        guard let number = try fields.json(node).doubleValue else {
            throw fields.invalid(key, "expected a number, found \(node.kind)", node)
        }
        return number
    }

    /// Names become variables or members in CEL.
    func identifier(_ entry: MarkedNode.Entry, _ field: String) throws(MartletError) {
        guard Self.isIdentifier(entry.key) else {
            throw MartletError(
                .invalidInput,
                "\(field): '\(entry.key)' is no name; expected letters, digits and '_', not a digit first",
                place: entry.place(in: file))
        }
    }

    static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(0x30...0x39).contains(first), name.utf8.count <= 64 else { return false }
        return name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
        }
    }
}
