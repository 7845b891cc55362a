extension CommandTable {
    static let sources: [CommandSpec] = [
        CommandSpec(
            "source", "add", operands: "NAME", count: 1...1, operand: .text,
            summary: "Make a scanner of others known, for scans of external:NAME",
            details: """
                Workers run the command as a child process without a shell, in a private directory and with an environment \
                of its own. In its arguments {account}, {provider} and {output} (the private directory) are filled in; \
                {regions}, {checks}, {services} and {severity} stand in groups such as ["--region","{regions}"], which are \
                left out where a scan is not limited.

                Secrets reach it as variables only. --secret VARIABLE=NAME gives a secret of one text, --secret NAME every \
                field of a secret of fields; in NAME {account} and {provider} are filled in, so that each account may have \
                credentials of its own, as in --secret accounts/{provider}/{account}.
                """, options: sourceOptions, action: .sourceAdd),
        CommandSpec(
            "source", "list", summary: "List the external sources", options: [CommonOptions.output],
            action: .sourceList),
        CommandSpec(
            "source", "show", operands: "NAME", count: 1...1, operand: .text,
            summary: "Show an external source with its command", options: [CommonOptions.output],
            action: .sourceShow),
        CommandSpec(
            "source", "remove", operands: "NAME", count: 1...1, operand: .text, summary: "Remove an external source",
            details: "Scans of it that still wait will fail.", action: .sourceRemove),
    ]

    private static let sourceOptions: [OptionSpec] = [
        OptionSpec(
            "command", value: "JSON", "Program and arguments, as a JSON array (required)"),
        OptionSpec(
            "output", value: "PLACE",
            "Where its findings are: stdout, or file:PATTERN inside its private directory (required)"),
        OptionSpec("timeout", value: "TIME", "How long it may run: 90s, 15m, 6h (default: 6h)"),
        OptionSpec(
            "exit-codes", value: "CODE", repeats: true,
            "Exit codes that mean findings, such as Prowler's 3; 0 always does"),
        OptionSpec(
            "environment", value: "NAME=VALUE", repeats: true, splits: false, "A variable that is no secret"),
        OptionSpec(
            "secret", value: "SECRET", repeats: true, "VARIABLE=NAME or NAME of a secret; see above"),
        OptionSpec(
            "output-limit", value: "SIZE", "The largest file it may write, and the most it may print (default: 2G)"),
        OptionSpec("disk-limit", value: "SIZE", "What it may keep on disk (default: 8G)"),
        OptionSpec(
            "memory-limit", value: "SIZE", "Address space of each of its processes (default: no limit)"),
        OptionSpec("replace", "Take the place of an earlier source of the name"),
    ]
}
