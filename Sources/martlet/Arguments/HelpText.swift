/// The texts of `--help`, made from the command table.
enum HelpText {
    private static let width = 80

    /// The overview of all commands.
    static var overview: String {
        var text = """
            Martlet keeps every scan of a cloud account as a snapshot and answers what is wrong,
            since when, and what it means for compliance.

            Usage: martlet COMMAND [OPTIONS] [OPERANDS]

            Commands:

            """
        let indent = (CommandTable.commands.map(\.name.count).max() ?? 0) + 4
        for command in CommandTable.commands {
            text += entry("  " + command.name, command.summary, indent: indent)
        }
        text += "\nOptions of every command:\n" + options(CommandTable.global)
        text += "\nmartlet help COMMAND explains one. Exit codes: 0 fine, 1 failed, 2 wrong usage,\n"
        text += "3 unmuted FAIL findings where --fail-on asked for it.\n"
        return text
    }

    /// A group such as `mute`.
    static func group(_ word: String) -> String {
        let commands = CommandTable.subcommands(of: word)
        let indent = (commands.map(\.synopsis.count).max() ?? 0) + 4
        return "Usage: martlet \(word) COMMAND\n\nCommands:\n"
            + commands.map { entry("  " + $0.synopsis, $0.summary, indent: indent) }.joined()
    }

    /// One command.
    static func command(_ command: CommandSpec) -> String {
        var text = "Usage: martlet \(command.synopsis)" + (command.options.isEmpty ? "" : " [OPTIONS]")
        text += "\n\n" + command.summary + ".\n"
        for paragraph in command.details.split(separator: "\n\n") {
            text += "\n" + wrap(String(paragraph), indent: 0) + "\n"
        }
        if !command.options.isEmpty { text += "\nOptions:\n" + options(command.options) }
        return text + "\nOptions of every command:\n" + options(CommandTable.global)
    }

    private static func options(_ options: [OptionSpec]) -> String {
        options.map { option in
            var help = option.help
            if option.repeats, option.splits { help += " (repeatable, or a comma list)" }
            if option.repeats, !option.splits { help += " (repeatable)" }
            if let variable = option.environment { help += " [\(variable)]" }
            return entry("  " + option.synopsis, help, indent: 28)
        }.joined()
    }

    private static func entry(_ left: String, _ right: String, indent: Int) -> String {
        let body = wrap(right, indent: indent)
        guard left.count < indent else { return left + "\n" + String(repeating: " ", count: indent) + body + "\n" }
        return left + String(repeating: " ", count: indent - left.count) + body + "\n"
    }

    private static func wrap(_ text: String, indent: Int) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            if !line.isEmpty, line.count + 1 + word.count > width - indent {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        lines.append(line)
        return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}
