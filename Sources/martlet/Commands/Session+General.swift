import MartletCore

extension Session {
    func printHelp() throws -> ExitCode {
        let path = arguments.operands
        guard let first = path.first else { return try print(HelpText.overview) }
        if let command = CommandTable.command(path) { return try print(HelpText.command(command)) }
        if path.count == 1, !CommandTable.subcommands(of: first).isEmpty { return try print(HelpText.group(first)) }
        let name = path.joined(separator: " ")
        let hint = Suggestion.hint(name, CommandTable.commands.map(\.name))
        throw MartletError(.usage, "there is no command '\(name)'\(hint) See: martlet help")
    }

    func printCompletions() throws -> ExitCode {
        switch arguments.operands[0] {
        case "bash": return try print(BashCompletion.script)
        case "zsh": return try print(ZshCompletion.script)
        case "fish": return try print(FishCompletion.script)
        default:
            throw MartletError(.usage, "no completions for '\(arguments.operands[0])'; there are bash, zsh and fish")
        }
    }
}
