/// Completions for fish, made from the command table.
enum FishCompletion {
    static var script: String {
        var lines = ["# fish completion for martlet", "complete -c martlet -f"]
        for word in CommandTable.firstWords {
            let subcommands = CommandTable.subcommands(of: word)
            let summary =
                CommandTable.command([word])?.summary ?? subcommands.compactMap(\.path.last).joined(separator: ", ")
            lines.append("complete -c martlet -n __fish_use_subcommand -a \(word) -d \(quoted(summary))")
            let names = subcommands.compactMap(\.path.last).joined(separator: " ")
            for command in subcommands {
                let condition = "__fish_seen_subcommand_from \(word); and not __fish_seen_subcommand_from \(names)"
                lines.append(
                    "complete -c martlet -n \(quoted(condition)) -a \(command.path.last ?? "") -d \(quoted(command.summary))"
                )
            }
        }
        for option in CommandTable.global { lines.append(line(option, condition: nil)) }
        for command in CommandTable.commands {
            let condition = command.path.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
            for option in command.options { lines.append(line(option, condition: condition)) }
            switch command.operand {
            case .file: lines.append("complete -c martlet -n \(quoted(condition)) -F")
            case .choices(let choices):
                lines.append("complete -c martlet -n \(quoted(condition)) -a \(quoted(choices.joined(separator: " ")))")
            case .none, .text: break
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ option: OptionSpec, condition: String?) -> String {
        var parts = ["complete -c martlet"]
        if let condition { parts.append("-n \(quoted(condition))") }
        if let short = option.short { parts.append("-s \(short)") }
        parts.append("-l \(option.name)")
        if option.value != nil {
            if !option.choices.isEmpty {
                parts.append("-x -a \(quoted(option.choices.joined(separator: " ")))")
            } else {
                parts.append(option.completion == .none ? "-x" : "-r -F")
            }
        }
        return (parts + ["-d \(quoted(option.help))"]).joined(separator: " ")
    }

    private static func quoted(_ text: String) -> String {
        var result = "'"
        for character in text {
            if character == "'" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result + "'"
    }
}
