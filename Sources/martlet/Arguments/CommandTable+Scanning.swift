extension CommandTable {
    static let scanning: [CommandSpec] = [
        CommandSpec(
            "import", operands: "FILE… | -", count: 1...Int.max, operand: .file,
            summary: "Import scan results and publish them as a snapshot",
            details: """
                Reads OCSF Detection Findings (a JSON array or one object a line) and Prowler's CSV, each also as .gz \
                or .zst; the form is recognised by content. `-` reads standard input. Every account in a file becomes \
                one scan, and nothing is visible before it is published as a whole.

                A finding is gone only where the file covers its check and region. --scope says what the file covers: \
                `matrix` takes every check of the file in every region of the file, `observed` only the pairs that \
                occur, `full` everything that has open findings.
                """,
            options: [
                OptionSpec(
                    "scope", value: "SCOPE", choices: ["full", "matrix", "observed"],
                    "What the file covers: full, matrix or observed (default: matrix)"),
                OptionSpec("strict", "A rejected finding is fatal and nothing is published"),
                OptionSpec(
                    "config", value: "FILE", completion: .file,
                    "The scanner's configuration (YAML or JSON), for the config constraints of frameworks"),
                OptionSpec("history", "Accept a file that is older than the published scan"),
                OptionSpec("batch-size", value: "N", "Findings a transaction, 1 to 100000 (default: 3000)"),
                OptionSpec(
                    "wait", value: "SECONDS", "How long to wait for another import of the account (default: 10)"),
                CommonOptions.failOn, CommonOptions.output,
            ], action: .importFiles)
    ]
}
