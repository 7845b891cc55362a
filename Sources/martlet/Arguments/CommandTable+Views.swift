extension CommandTable {
    /// What is derived from the posture: where one stands, what to do first and how, and which cryptography is in use.
    static let views: [CommandSpec] = [
        CommandSpec(
            "score", summary: "Show how good the posture of each account is, from 0 to 100",
            details: """
                Each severity counts with its weight and the part of its findings that passed, so that the number of \
                resources does not matter and a critical FAIL does. What could not be looked at counts as not passed. \
                Without a scan there is no score.
                """, options: CommonOptions.scope + [CommonOptions.at, CommonOptions.output], action: .score),
        CommandSpec(
            "priorities", summary: "List what to put right first",
            details: """
                Checks that fail, by severity × affected resources × exposure; every factor is a field. The effort is \
                shown beside it and does not change the order.
                """,
            options: CommonOptions.scope + [CommonOptions.at, CommonOptions.limit, CommonOptions.output],
            action: .priorities),
        CommandSpec(
            "remediate", summary: "Show how to put findings right, with commands; runs none",
            details: """
                Commands name the resource of the finding, quoted for a POSIX shell. Words in capitals that are listed \
                as placeholders are yours to replace. Where a name could do harm in a command, there is none.
                """,
            options: [
                OptionSpec(
                    "severity", value: "SEVERITY", repeats: true, choices: CommonOptions.severities,
                    "critical, high, medium, low or informational"),
                OptionSpec("check", value: "CHECK", repeats: true, "Only these checks; * and ? are wildcards"),
                CommonOptions.service, CommonOptions.region, CommonOptions.resource, CommonOptions.tag,
            ] + CommonOptions.scope + [
                CommonOptions.limit,
                OptionSpec("after", value: "CURSOR", "Go on where --limit ended a listing; it gave the cursor"),
                CommonOptions.output,
            ], action: .remediate),
        CommandSpec(
            "cbom", summary: "Write the inventory of cryptography as CycloneDX, or list it",
            details: """
                Keys, certificates, protocols and algorithms that the store knows of, with what NCSC and ENISA say of \
                each in view of quantum computers. Without -o the output is a CycloneDX 1.6 document.
                """,
            options: CommonOptions.scope + [
                CommonOptions.at,
                OptionSpec(
                    "output", short: "o", value: "FORMAT", choices: ["cyclonedx"] + CommonOptions.formats,
                    "cyclonedx, table, json, ndjson or csv (default: cyclonedx)"),
            ], action: .cbom),
    ]
}
