extension CommandTable {
    static let checks: [CommandSpec] = [
        CommandSpec(
            "checks", "list", summary: "List the checks: those of the program and the tenant's own",
            options: [
                OptionSpec("provider", value: "PROVIDER", repeats: true, "Only checks of these providers"),
                OptionSpec("service", value: "SERVICE", repeats: true, "Only checks of these services"),
                OptionSpec(
                    "severity", value: "SEVERITY", repeats: true,
                    choices: ["informational", "low", "medium", "high", "critical"],
                    "Only checks of these severities"),
                CommonOptions.output,
            ], action: .checksList),
        CommandSpec(
            "checks", "show", operands: "ID", count: 1...1, operand: .text,
            summary: "Show a check: texts, conditions, parameters, examples",
            details: "ID may also be an alias, such as OpenShield's AZ-STOR-002.", options: [CommonOptions.output],
            action: .checksShow),
        CommandSpec(
            "checks", "test", operands: "[PATH…]", count: 0...Int.max, operand: .file,
            summary: "Run the examples of checks",
            details: """
                Without PATH the checks of the program and the tenant's own. Every example must get its verdict. Exits with 1 \
                when one does not.
                """, options: [CommonOptions.output], action: .checksTest),
        CommandSpec(
            "checks", "lint", operands: "PATH…", count: 1...Int.max, operand: .file,
            summary: "Report what is wrong in files of checks",
            details: "Nothing is stored. Exits with 1 when there is an error, warnings alone exit with 0.",
            options: [CommonOptions.output], action: .checksLint),
        CommandSpec(
            "checks", "add", operands: "PATH…", count: 1...Int.max, operand: .file,
            summary: "Add or replace checks of one's own from YAML files or folders",
            details: "They are tested as by checks test first; with one error nothing is added.", action: .checksAdd),
        CommandSpec(
            "checks", "remove", operands: "ID…", count: 1...Int.max, operand: .text,
            summary: "Remove checks of one's own", action: .checksRemove),
        CommandSpec(
            "checks", "set", operands: "ID NAME=VALUE…", count: 2...Int.max, operand: .text,
            summary: "Change parameters of a check for this tenant",
            details: "VALUE is JSON, or text where the parameter takes text.", action: .checksSet),
        CommandSpec(
            "checks", "unset", operands: "ID [NAME…]", count: 1...Int.max, operand: .text,
            summary: "Go back to a check's default parameters", action: .checksUnset),
    ]
}
