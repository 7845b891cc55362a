extension CommandTable {
    static let administration: [CommandSpec] = [
        CommandSpec(
            "account", "remove", operands: "ACCOUNT", count: 1...1, operand: .text,
            summary: "Delete everything of an account",
            details: "ACCOUNT is its id, or provider/id where several providers have one of that id.",
            action: .accountRemove),
        CommandSpec(
            "database", "migrate", summary: "Prepare the database or bring its schema up to date",
            details: """
                On PostgreSQL the login must own the schema or be able to make it, and to make roles or find them made; see
                docs/operations.md.
                """, action: .databaseMigrate),
        CommandSpec(
            "database", "status", summary: "Tell which database it is and how far its schema has come",
            action: .databaseStatus),
        CommandSpec(
            "database", "check", summary: "Check that tenants are apart and nothing is missing",
            details: "Exit code 1 when something must be put right.", action: .databaseCheck),
        CommandSpec(
            "database", "copy", operands: "URL", count: 1...1, operand: .file,
            summary: "Copy the store to a new one",
            details: "The target is an SQLite file that does not exist yet or a PostgreSQL database without data.",
            action: .databaseCopy),
    ]

    static let general: [CommandSpec] = [
        CommandSpec(
            "completions", operands: "bash|zsh|fish", count: 1...1, operand: .choices(["bash", "zsh", "fish"]),
            summary: "Print the completions of a shell",
            details: """
                For example: martlet completions bash > ~/.local/share/bash-completion/completions/martlet
                """, action: .completions),
        CommandSpec(
            "help", operands: "[COMMAND]", count: 0...2, operand: .text, summary: "Explain the program or a command",
            action: .help),
        CommandSpec("version", summary: "Print the version", action: .version),
    ]
}
