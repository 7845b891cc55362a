import MartletCore

extension ExternalCommand {
    /// The longest that all arguments of a command may be together, in bytes: what every Linux takes as one argument.
    public static let largestCommand = 131_071

    /// Checks program, placeholders and groups.
    ///
    /// Throws ``MartletError`` (`invalidInput`) whose place is a JSON pointer into the source.
    public func validate() throws {
        guard case .argument(let program) = parts.first, !program.isEmpty else {
            throw wrong("a command begins with the program's name, such as \"prowler\"", 0)
        }
        guard !program.hasPrefix("-"), program.hasPrefix("/") || !program.contains("/") else {
            throw wrong("the program is a name that is looked up in PATH, or an absolute path", 0)
        }
        guard Self.placeholders(in: program).isEmpty else { throw wrong("the program has no placeholders", 0) }
        var length = 0
        for (index, part) in parts.enumerated() {
            let texts = part.texts
            length += texts.reduce(0) { $0 + $1.utf8.count + 1 }
            guard texts.allSatisfy({ !$0.utf8.contains(0) }) else { throw wrong("an argument contains U+0000", index) }
            try check(part, index)
        }
        guard length <= Self.largestCommand else {
            throw MartletError(
                .invalidInput, "a command may have at most \(Self.largestCommand) bytes", place: "/command")
        }
    }

    /// The arguments of one run, the program first.
    ///
    /// - Parameters:
    ///   - scope: What to look at; each of its filters must be used by the command, since a scan that is wider than was
    ///     asked for would be taken for the narrow one.
    ///   - output: What `{output}` stands for.
    /// - Throws: ``MartletError`` (`invalidInput`) for a filter that the command does not use, and for values that the
    ///   scanner could take for anything but a value.
    public func arguments(for scope: ExternalScope, output: String) throws -> [String] {
        try validate()
        var values: [ExternalPlaceholder: [String]] = [:]
        for placeholder in ExternalPlaceholder.allCases {
            values[placeholder] = try placeholder.values(in: scope, output: output)
        }
        let used = Set(parts.flatMap { $0.texts.flatMap(Self.placeholders) })
        for filter in ExternalPlaceholder.allCases where filter.isFilter && values[filter]?.isEmpty == false {
            guard used.contains(filter.rawValue) else {
                throw MartletError(
                    .invalidInput,
                    "this source cannot be limited to \(filter.rawValue): its command has no {\(filter.rawValue)}; "
                        + "leave the filter out, or add [\"--option\", \"{\(filter.rawValue)}\"] to the command")
            }
        }
        let result = parts.flatMap { part -> [String] in
            let names = Set(part.texts.flatMap(Self.placeholders))
            let isEmpty = ExternalPlaceholder.allCases.contains {
                names.contains($0.rawValue) && values[$0]?.isEmpty == true
            }
            return isEmpty ? [] : part.texts.flatMap { Self.filled($0, values) }
        }
        guard result.reduce(0, { $0 + $1.utf8.count + 1 }) <= Self.largestCommand else {
            throw MartletError(.invalidInput, "the filters make the command longer than \(Self.largestCommand) bytes")
        }
        return result
    }

    private func check(_ part: Part, _ index: Int) throws {
        var hasFilter = false
        for name in part.texts.flatMap(Self.placeholders) {
            guard let placeholder = ExternalPlaceholder(rawValue: name) else {
                let known = ExternalPlaceholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
                throw wrong("{\(name)} is no placeholder; there are \(known)", index)
            }
            hasFilter = hasFilter || placeholder.isFilter
        }
        switch part {
        case .argument:
            guard !hasFilter else {
                throw wrong(
                    "a filter stands in a group with its option, such as [\"--region\", \"{regions}\"], "
                        + "so that both are left out together", index)
            }
        case .group:
            guard hasFilter else {
                throw wrong("a group has one of {regions}, {checks}, {services}, {severity}", index)
            }
        }
    }

    private func wrong(_ message: String, _ index: Int) -> MartletError {
        MartletError(.invalidInput, message, place: parts.isEmpty ? "/command" : "/command/\(index)")
    }
}
