/// Every command and option of the program.
enum CommandTable {
    static let commands: [CommandSpec] =
        scanning + azure + listings + views
        + server + queue + schedules + sources + checks + policy + retention + secrets
        + users + administration + general

    /// Options that every command takes.
    static let global: [OptionSpec] = [
        OptionSpec(
            "database", value: "URL", environment: "MARTLET_DATABASE", completion: .file,
            "The store: sqlite:PATH, the path of an SQLite file, or postgresql://…"),
        OptionSpec(
            "config-file", value: "FILE", environment: "MARTLET_CONFIG", completion: .file,
            "A file with settings (YAML); docs/configuration.md"),
        OptionSpec("tenant", value: "NAME", environment: "MARTLET_TENANT", "The tenant to work in (default: default)"),
        OptionSpec(
            "no-shipped-frameworks", environment: "MARTLET_NO_SHIPPED_FRAMEWORKS",
            "Do not add the frameworks that come with the program to the tenant"),
        OptionSpec("quiet", short: "q", environment: "MARTLET_QUIET", "No progress, no hints, no summary"),
        OptionSpec("no-color", environment: "MARTLET_NO_COLOR", "No colours, even on a terminal"),
        OptionSpec(
            "log-level", value: "LEVEL", environment: "MARTLET_LOG_LEVEL",
            choices: ["error", "warning", "info", "debug"], "error, warning, info or debug (default: warning)"),
        OptionSpec(
            "log-format", value: "FORMAT", environment: "MARTLET_LOG_FORMAT",
            choices: Log.Format.allCases.map(\.rawValue), "Messages as text or json (default: text)"),
        OptionSpec("help", short: "h", "Explain the command"),
    ]

    /// The command that is named by exactly these words; nil when there is none.
    static func command(_ path: [String]) -> CommandSpec? { commands.first { $0.path == path } }

    /// The distinct first words, in the order of the table.
    static var firstWords: [String] {
        var seen: Set<String> = []
        return commands.compactMap { command in
            guard let word = command.path.first, seen.insert(word).inserted else { return nil }
            return word
        }
    }

    /// The second words of a group such as `mute`; empty when the word is a command of its own.
    static func subcommands(of word: String) -> [CommandSpec] {
        commands.filter { $0.path.count > 1 && $0.path.first == word }
    }
}
