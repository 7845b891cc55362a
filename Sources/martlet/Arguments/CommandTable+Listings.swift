extension CommandTable {
    static let listings: [CommandSpec] = [
        CommandSpec(
            "accounts", summary: "List the accounts with their published posture",
            options: CommonOptions.scope + [CommonOptions.output], action: .accounts),
        CommandSpec(
            "scans", summary: "List the scans, newest first",
            options: CommonOptions.scope + [CommonOptions.limit, CommonOptions.output], action: .scans),
        CommandSpec(
            "scan", operands: "ID", count: 1...1, operand: .text, summary: "Show one scan",
            details: "ID is a scan's id or an unambiguous beginning of it.", options: [CommonOptions.output],
            action: .scan),
        CommandSpec(
            "findings", summary: "List findings: FAIL first, then by severity",
            details: """
                Several values of one option are alternatives, different options must all hold. Values are separated \
                by commas, or the option is repeated.
                """, options: findingsOptions, action: .findings),
        CommandSpec(
            "resources", summary: "List resources with the number of their findings",
            options: [
                CommonOptions.resource,
                OptionSpec("type", value: "TYPE", repeats: true, "Only these types; * and ? are wildcards"),
                CommonOptions.service, CommonOptions.region, CommonOptions.tag,
                OptionSpec("failing", "Only resources with an unmuted FAIL finding"),
            ] + CommonOptions.scope + [CommonOptions.at, CommonOptions.limit, CommonOptions.output],
            action: .resources),
        CommandSpec(
            "diff", operands: "[SCAN SCAN]", count: 0...2, operand: .text,
            summary: "Show drift: what changed between two scans of an account",
            details: """
                With two scans, the first is the earlier one. Without, the published scan of the account is compared \
                with the one before it. `unknown` are open findings whose check and region the later scan did not cover.
                """,
            options: [
                OptionSpec("kind", value: "KIND", repeats: true, choices: diffKinds, "Only these differences")
            ] + CommonOptions.scope + [CommonOptions.output], action: .diff),
    ]

    private static let diffKinds = [
        "new", "returned", "reopened", "changed", "updated", "resolved", "gone", "unknown",
    ]

    private static let findingsOptions: [OptionSpec] =
        [
            OptionSpec(
                "status", value: "STATUS", repeats: true, choices: CommonOptions.statuses, "FAIL, MANUAL or PASS"),
            OptionSpec(
                "severity", value: "SEVERITY", repeats: true, choices: CommonOptions.severities,
                "critical, high, medium, low or informational"),
            OptionSpec("check", value: "CHECK", repeats: true, "Only these checks; * and ? are wildcards"),
            CommonOptions.service, CommonOptions.region, CommonOptions.resource, CommonOptions.tag,
            OptionSpec(
                "delta", value: "DELTA", repeats: true, choices: CommonOptions.deltas,
                "How the finding differs from the scan before: \(CommonOptions.deltas.joined(separator: ", "))"),
            OptionSpec("muted", "Only muted findings"),
            OptionSpec("unmuted", "Only findings that are not muted"),
            OptionSpec("search", value: "TEXT", "Only findings whose detail, check or title contains the text"),
        ] + CommonOptions.scope + [
            CommonOptions.at, CommonOptions.limit,
            OptionSpec("after", value: "CURSOR", "Go on where --limit ended a listing; it gave the cursor"),
            CommonOptions.failOn, CommonOptions.findingsOutput,
        ]
}
