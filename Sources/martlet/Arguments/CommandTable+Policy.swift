extension CommandTable {
    static let policy: [CommandSpec] = [
        CommandSpec(
            "compliance", operands: "[FRAMEWORK]", count: 0...1, operand: .text,
            summary: "Show compliance by framework, requirement or region",
            details: """
                FRAMEWORK is the id of a framework: its file's name without .json. Without it, or with --by framework, \
                every framework is one row. Otherwise a row is a requirement, or with --by region a requirement in \
                one region.

                --terms martlet tells apart what was not evaluated, denied or skipped; --terms prowler prints the \
                rows Prowler computes.
                """,
            options: [
                OptionSpec(
                    "by", value: "UNIT", choices: ["framework", "requirement", "region"],
                    "framework, requirement or region (default: framework, or requirement where FRAMEWORK is given)"),
                CommonOptions.region,
                OptionSpec(
                    "status", value: "STATUS", repeats: true, choices: requirementStatuses,
                    "Only rows of requirements with these statuses"),
                OptionSpec(
                    "terms", value: "TERMS", choices: ["martlet", "prowler"],
                    "Whose rules decide a status: martlet or prowler (default: martlet)"),
            ] + CommonOptions.scope + [CommonOptions.at, CommonOptions.output], action: .compliance),
        CommandSpec(
            "threatscore", operands: "[FRAMEWORK]", count: 0...1, operand: .text,
            summary: "Show the ThreatScore of each account",
            details: """
                Of every framework whose requirements carry a level of risk and a weight, or only of FRAMEWORK. \
                Nothing evaluated means no score.
                """, options: CommonOptions.scope + [CommonOptions.at, CommonOptions.output], action: .threatScore),
        CommandSpec(
            "frameworks", "add", operands: "[PATH…]", count: 0...Int.max, operand: .file,
            summary: "Add or replace frameworks from JSON files or folders",
            details: "What is published is evaluated again. A folder is read with all its subfolders.",
            options: [OptionSpec("shipped", "The frameworks that come with the program")],
            action: .frameworksAdd),
        CommandSpec(
            "frameworks", "list", summary: "List the frameworks", options: [CommonOptions.output],
            action: .frameworksList),
        CommandSpec(
            "frameworks", "show", operands: "ID", count: 1...1, operand: .text,
            summary: "Show a framework with its requirements", options: [CommonOptions.output],
            action: .frameworksShow),
        CommandSpec(
            "frameworks", "lint", operands: "PATH…", count: 1...Int.max, operand: .file,
            summary: "Report what is wrong in framework files",
            details: "Nothing is stored. Exits with 1 when there is an error, warnings alone exit with 0.",
            options: [CommonOptions.output], action: .frameworksLint),
        CommandSpec(
            "frameworks", "remove", operands: "ID", count: 1...1, operand: .text, summary: "Remove a framework",
            action: .frameworksRemove),
        CommandSpec(
            "mute", "add", summary: "Mute findings, with a reason",
            details: """
                Options of different kinds must all hold. Patterns are anchored and case-sensitive: * stands for any \
                text, ? for one character. At least one condition is needed. A muted finding keeps its status, but no longer counts.
                """, options: muteOptions, action: .muteAdd),
        CommandSpec(
            "mute", "list", summary: "List the mutes", options: [CommonOptions.output], action: .muteList),
        CommandSpec(
            "mute", "remove", operands: "ID", count: 1...1, operand: .text, summary: "Remove a mute",
            action: .muteRemove),
        CommandSpec(
            "mutelist", "apply", operands: "FILE", count: 1...1, operand: .file,
            summary: "Replace the mutes of the mutelist by those of a YAML file",
            details: """
                FILE is a mutelist document as Prowler reads it; patterns are anchored here. Mutes made with \
                `mute add` stay. Rules that match nothing are reported.
                """, options: [CommonOptions.output], action: .mutelistApply),
    ]

    private static let requirementStatuses = [
        "FAIL", "ERROR", "INCOMPLETE", "MANUAL", "PASS", "MUTED", "NOT_EVALUATED",
    ]

    private static let muteOptions: [OptionSpec] = [
        OptionSpec("check", value: "PATTERN", repeats: true, "The check"),
        OptionSpec("resource", value: "PATTERN", repeats: true, splits: false, "The resource's uid or name"),
        OptionSpec("region", value: "PATTERN", repeats: true, "The region"),
        OptionSpec(
            "tag", value: "PATTERN", repeats: true, splits: false, "A tag as KEY=VALUE; several must all be there"),
        OptionSpec("account", short: "a", value: "ACCOUNT", repeats: true, "The account's id"),
        OptionSpec("reason", value: "TEXT", "Why (required)"),
        OptionSpec("owner", value: "NAME", "Who answers for it"),
        OptionSpec("expires", value: "TIME", "When it ends: 2027-01-31, an RFC 3339 time, or 30d, 12h from now"),
        CommonOptions.output,
    ]
}
