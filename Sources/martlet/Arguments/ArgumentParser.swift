import MartletCore

/// Reads a command line by the command table. Pure: the environment is handed in.
struct ArgumentParser {
    private let environment: [String: String]
    private var rest: ArraySlice<String>
    private var path: [String] = []
    private var command: CommandSpec?
    private var operands: [String] = []
    private var values: [String: [String]] = [:]

    /// - Parameter arguments: without the program's name.
    static func parse(_ arguments: [String], environment: [String: String]) throws -> ParsedArguments {
        var parser = ArgumentParser(environment: environment, rest: arguments[...])
        return try parser.run()
    }

    private init(environment: [String: String], rest: ArraySlice<String>) {
        self.environment = environment
        self.rest = rest
    }

    private mutating func run() throws -> ParsedArguments {
        while let argument = rest.popFirst() {
            if argument == "--" {
                while let word = rest.popFirst() { try take(word: word) }
            } else if argument.hasPrefix("--") {
                try take(long: argument.dropFirst(2))
            } else if argument.hasPrefix("-"), argument != "-" {
                try take(short: argument.dropFirst())
            } else {
                try take(word: argument)
            }
        }
        return try finish()
    }

    // MARK: Words

    private mutating func take(word: String) throws {
        if let found = command {
            // A word that is a command may be the first of others, too: `scan ID` and `scan start`.
            guard path.count == 1, operands.isEmpty, let longer = CommandTable.command(found.path + [word]) else {
                return operands.append(word)
            }
            path.append(word)
            command = longer
            return
        }
        path.append(word)
        if let found = CommandTable.command(path) {
            command = found
        } else if path.count == 1, CommandTable.subcommands(of: word).isEmpty {
            let hint = Suggestion.hint(word, CommandTable.firstWords)
            throw MartletError(.usage, "there is no command '\(word)'\(hint) See: martlet help")
        } else if path.count > 1 {
            let names = CommandTable.subcommands(of: path[0]).compactMap(\.path.last)
            let hint = Suggestion.hint(word, names)
            throw MartletError(
                .usage, "'\(path[0])' has no command '\(word)'\(hint) It has: \(names.joined(separator: ", "))")
        }
    }

    // MARK: Options

    private var known: [OptionSpec] { command?.allOptions ?? CommandTable.global + [versionOption] }
    private var versionOption: OptionSpec { OptionSpec("version", "Print the version") }

    private mutating func take(long text: Substring) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts.first ?? "")
        guard let option = known.first(where: { $0.name == name }) else {
            if command == nil, CommandTable.commands.contains(where: { $0.options.contains { $0.name == name } }) {
                throw MartletError(.usage, "--\(name) belongs behind the command")
            }
            let hint = Suggestion.hint(name, known.map(\.name), prefix: "--")
            throw MartletError(.usage, "unknown option '--\(name)'\(hint)\(seeAlso)")
        }
        try take(option, spelled: "--\(name)", attached: parts.count > 1 ? String(parts[1]) : nil)
    }

    private mutating func take(short letters: Substring) throws {
        var letters = letters
        while let letter = letters.popFirst() {
            guard let option = known.first(where: { $0.short == letter }) else {
                throw MartletError(.usage, "unknown option '-\(letter)'.\(seeAlso)")
            }
            guard option.value != nil, !letters.isEmpty else {
                try take(option, spelled: "-\(letter)", attached: nil)
                continue
            }
            if letters.first == "=" { letters = letters.dropFirst() }
            return try take(option, spelled: "-\(letter)", attached: String(letters))
        }
    }

    private mutating func take(_ option: OptionSpec, spelled: String, attached: String?) throws {
        guard let valueName = option.value else {
            guard attached == nil else { throw MartletError(.usage, "\(spelled) takes no value") }
            values[option.name] = [""]
            return
        }
        if let attached { return try add(attached, to: option, named: spelled) }
        guard let next = rest.first else { throw MartletError(.usage, "\(spelled) needs a value: \(valueName)") }
        guard !next.hasPrefix("-") || next == "-" else {
            throw MartletError(
                .usage, "\(spelled) needs a value: \(valueName) (write \(spelled)=VALUE for one that begins with '-')")
        }
        rest = rest.dropFirst()
        try add(next, to: option, named: spelled)
    }

    private mutating func add(_ text: String, to option: OptionSpec, named spelled: String) throws {
        var items = [text]
        if option.repeats, option.splits, text.contains(",") {
            items = text.split(separator: ",").map(String.init)
            if items.isEmpty { throw MartletError(.usage, "\(spelled) needs a value") }
        }
        if !option.choices.isEmpty {
            items = try items.map { item in
                if let choice = option.choices.first(where: { $0.lowercased() == item.lowercased() }) { return choice }
                let hint = Suggestion.hint(item, option.choices)
                let allowed = option.choices.joined(separator: ", ")
                throw MartletError(.usage, "\(spelled) doesn't know '\(item)'\(hint) It takes: \(allowed)")
            }
        }
        if option.repeats { values[option.name, default: []] += items } else { values[option.name] = items }
    }

    private var seeAlso: String { " See: martlet help" + (command.map { " \($0.name)" } ?? "") }

    // MARK: The end

    private mutating func finish() throws -> ParsedArguments {
        if values["version"] != nil, path.isEmpty, let version = CommandTable.command(["version"]) {
            return ParsedArguments(command: version)
        }
        if values["help"] != nil || path.isEmpty && operands.isEmpty, let help = CommandTable.command(["help"]) {
            guard values["help"] != nil else { throw MartletError(.usage, "which command? See: martlet help") }
            var parsed = ParsedArguments(command: help)
            parsed.operands = path
            return parsed
        }
        guard let command else {
            let names = CommandTable.subcommands(of: path[0]).compactMap(\.path.last)
            throw MartletError(.usage, "'\(path[0])' needs a command: \(names.joined(separator: ", "))")
        }
        try checkCount(of: command)
        for option in command.allOptions where values[option.name] == nil { try takeEnvironment(option) }
        var parsed = ParsedArguments(command: command)
        parsed.operands = operands
        parsed.values = values
        return parsed
    }

    private func checkCount(of command: CommandSpec) throws {
        guard !command.operandCount.contains(operands.count) else { return }
        let usage = "Usage: martlet \(command.synopsis)"
        if operands.count < command.operandCount.lowerBound {
            throw MartletError(.usage, "'\(command.name)' needs more than that. \(usage)")
        }
        throw MartletError(.usage, "'\(operands[command.operandCount.upperBound])' is one too many. \(usage)")
    }

    private mutating func takeEnvironment(_ option: OptionSpec) throws {
        guard let variable = option.environment, let text = environment[variable], !text.isEmpty else { return }
        if option.value != nil { return try add(text, to: option, named: variable) }
        if !["0", "false", "no", "off"].contains(text.lowercased()) { values[option.name] = [""] }
    }
}
