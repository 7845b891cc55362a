extension CommandTable {
    static let retention: [CommandSpec] = [
        CommandSpec(
            "retention", "show", summary: "Show what is kept, and which scans can be read",
            options: [CommonOptions.output], action: .retentionShow),
        CommandSpec(
            "retention", "set", summary: "Keep the last scans of each account, or those of the last days",
            details: """
                A scan is kept where either option says so. The published scan always stays. What is not kept can't be \
                read any more once the account is imported again or `retention run` is called; this can't be undone.
                """,
            options: [
                OptionSpec("scans", value: "N", "Keep the last N published scans of each account"),
                OptionSpec("days", value: "D", "Keep the scans published in the last D days"), CommonOptions.output,
            ], action: .retentionSet),
        CommandSpec(
            "retention", "clear", summary: "Keep everything from now on", options: [CommonOptions.output],
            action: .retentionClear),
        CommandSpec(
            "retention", "run", summary: "Remove what the rule does not keep",
            details: """
                Imports do this by themselves for their accounts, a part at a time. May be interrupted at any moment. \
                An account that is being scanned is left alone.
                """,
            options: [
                OptionSpec("dry-run", "Change nothing, show what would be removed"), CommonOptions.output,
            ], action: .retentionRun),
    ]
}
