import MartletStore

extension CommandTable {
    private static let password: [OptionSpec] = [
        OptionSpec("from-file", value: "FILE", completion: .file, "Read the password from a file"),
        OptionSpec("from-env", value: "VARIABLE", "Take the password from this environment variable"),
    ]

    static let users: [CommandSpec] = [
        CommandSpec(
            "user", "add", operands: "EMAIL", count: 1...1, operand: .text,
            summary: "Make a user who may log in to the API",
            details: """
                The user becomes a member of the tenant of --tenant, with the roles that --role names, or with --owner an \
                owner with a role that may do everything. The password comes from a file, from the environment or from \
                standard input, never from an argument.
                """,
            options: [
                OptionSpec("name", value: "NAME", "The user's name (default: the email)"),
                OptionSpec("owner", "Make the user an owner who may do everything"),
                OptionSpec(
                    "role", value: "ROLE", repeats: true, splits: false, "Give the user this role of the tenant"),
            ] + password + [CommonOptions.output], action: .userAdd),
        CommandSpec(
            "user", "list", summary: "List the users of the tenant", options: [CommonOptions.output],
            action: .userList),
        CommandSpec(
            "user", "password", operands: "EMAIL", count: 1...1, operand: .text,
            summary: "Give a user another password",
            details: "Ends every session of the user in every tenant. API keys go on.", options: password,
            action: .userPassword),
        CommandSpec(
            "audit", "list", summary: "Show the newest changes of the tenant: who, what, when, from where",
            options: [CommonOptions.limit, CommonOptions.output], action: .auditList),
        CommandSpec(
            "audit", "prune", summary: "Remove old entries of the tenant's audit log",
            details: "On PostgreSQL only the owner of the tables may; the server cannot.",
            options: [OptionSpec("days", value: "D", "Keep the entries of the last D days (needed)")],
            action: .auditPrune),
    ]
}
