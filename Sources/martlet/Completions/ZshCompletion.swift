/// Completions for zsh, made from the command table.
enum ZshCompletion {
    static var script: String {
        var text = "#compdef martlet\n\n"
        for command in CommandTable.commands { text += function(command) }
        for word in groups {
            text += dispatcher(name: function(of: [word]), commands: CommandTable.subcommands(of: word))
        }
        text += top
        text +=
            "\nif [ \"$funcstack[1]\" = \"_martlet\" ]; then\n    _martlet \"$@\"\nelse\n    compdef _martlet martlet\nfi\n"
        return text
    }

    private static var groups: [String] {
        CommandTable.firstWords.filter { !CommandTable.subcommands(of: $0).isEmpty }
    }

    private static func function(of path: [String]) -> String { "_martlet_" + path.joined(separator: "_") }

    private static func function(_ command: CommandSpec) -> String {
        var lines = command.allOptions.flatMap(argument)
        switch command.operand {
        case .file: lines.append("'*:file:_files'")
        case .choices(let choices): lines.append("'1:\(command.operands):(\(choices.joined(separator: " ")))'")
        case .text: lines.append("'*:\(escaped(command.operands)): '")
        case .none: break
        }
        return "\(function(of: command.path))() {\n    _arguments -s -S \\\n        "
            + lines.joined(separator: " \\\n        ") + "\n}\n\n"
    }

    private static func argument(_ option: OptionSpec) -> [String] {
        let names = (option.short.map { ["-\($0)"] } ?? []) + ["--\(option.name)"]
        let star = option.repeats ? "*" : ""
        return names.map { name in
            var text = "'\(star)\(name)"
            if option.value != nil, name.hasPrefix("--") { text += "=" }
            text += "[\(escaped(option.help))]"
            if let value = option.value {
                text += ":\(escaped(value)):"
                if !option.choices.isEmpty {
                    text += "(\(option.choices.joined(separator: " ")))"
                } else {
                    text += option.completion == .none ? " " : option.completion == .file ? "_files" : "_files -/"
                }
            }
            return text + "'"
        }
    }

    private static func dispatcher(name: String, commands: [CommandSpec]) -> String {
        let words = commands.map { "'\($0.path.last ?? ""):\(escaped($0.summary))'" }
        let cases = commands.map { "        \($0.path.last ?? "")) \(function(of: $0.path)) ;;\n" }
        return body(name: name, words: words, cases: cases)
    }

    private static var top: String {
        let words = CommandTable.firstWords.map { word in
            let summary =
                CommandTable.command([word])?.summary
                ?? CommandTable.subcommands(of: word).compactMap(\.path.last)
                .joined(separator: ", ")
            return "'\(word):\(escaped(summary))'"
        }
        return body(
            name: "_martlet", words: words,
            cases: CommandTable.firstWords.map { "        \($0)) \(function(of: [$0])) ;;\n" })
    }

    private static func body(name: String, words: [String], cases: [String]) -> String {
        """
        \(name)() {
            local line state
            local -a commands
            commands=(
                \(words.joined(separator: "\n        "))
            )
            _arguments -C \\
                \(CommandTable.global.flatMap(argument).joined(separator: " \\\n        ")) \\
                '1:command:->command' '*::argument:->argument'
            case $state in
            command) _describe command commands ;;
            argument)
                case $line[1] in
        \(cases.joined())        esac ;;
            esac
        }


        """
    }

    /// Safe inside single quotes and inside the brackets and colons of `_arguments`.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "'": result += "'\\''"
            case "[", "]", ":", "\\": result += "\\" + String(character)
            default: result.append(character)
            }
        }
        return result
    }
}
