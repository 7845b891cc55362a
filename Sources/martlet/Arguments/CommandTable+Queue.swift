extension CommandTable {
    /// What a scan is told, now or on a schedule.
    static let scanOrder: [OptionSpec] = [
        OptionSpec("account", short: "a", value: "ACCOUNT", "The account: id, provider/id or name"),
        OptionSpec(
            "source", value: "SOURCE", completion: .file,
            "Where the findings come from: azure (the account's secret), file:PATH, or external:NAME (default: the account's own)"
        ),
        OptionSpec("checks", value: "CHECK", repeats: true, "Only these checks"),
        OptionSpec("services", value: "SERVICE", repeats: true, "Only these services"),
        OptionSpec("regions", value: "REGION", repeats: true, "Only these regions"),
        OptionSpec(
            "severity", value: "SEVERITY", repeats: true, choices: CommonOptions.severities,
            "Only checks of these severities"),
        OptionSpec(
            "scope", value: "SCOPE", choices: ["full", "matrix", "observed"],
            "What the source covers: full, matrix or observed (default: matrix)"),
        OptionSpec("strict", "A rejected finding is fatal and nothing is published"),
        OptionSpec("history", "Accept a source that is older than the published scan"),
        OptionSpec("priority", value: "N", "Higher ones go first, -1000 to 1000 (default: 0)"),
        OptionSpec("queue", value: "QUEUE", "For workers of this queue (default: default)"),
    ]

    static let queue: [CommandSpec] = [
        CommandSpec(
            "scan", "start", summary: "Ask for a scan and return at once",
            details: """
                A worker does the scan (martlet worker), whatever dies on the way. The account must be known: martlet \
                account add, or an import, makes it so. Findings of other accounts in the source are rejected.

                --checks, --services, --regions and --severity limit a scan of Azure or of an external source. Findings outside of \
                them are left as they are.
                """,
            options: scanOrder + [
                OptionSpec("wait", "Wait for the end, show progress, and fail unless the scan is published"),
                CommonOptions.output,
            ], action: .scanStart),
        CommandSpec(
            "scan", "cancel", operands: "ID", count: 1...1, operand: .text, summary: "End a scan",
            details: "A queued scan ends at once, a running one within two seconds. Nothing of it is published.",
            options: [CommonOptions.output], action: .scanCancel),
        CommandSpec(
            "scan", "retry", operands: "ID", count: 1...1, operand: .text,
            summary: "Queue a scan anew that has failed or was cancelled", options: [CommonOptions.output],
            action: .scanRetry),
        CommandSpec(
            "scan", "watch", operands: "ID", count: 1...1, operand: .text,
            summary: "Show a scan's progress until it ends, then its result",
            details: "Exits with 1 when the scan failed or was cancelled.", options: [CommonOptions.output],
            action: .scanWatch),
        CommandSpec(
            "worker", summary: "Do queued work until it is told to stop",
            details: """
                As many workers as wanted, on any machine that reaches the database; with an embedded store one. It works \
                for all tenants. SIGTERM or SIGINT: no more work is begun, what runs may finish within --grace, the rest \
                is handed back. A second signal ends at once; what runs is then done again by another worker.
                """,
            options: [
                OptionSpec("concurrency", value: "N", "Jobs at the same time, 1 to 64 (default: 2)"),
                OptionSpec("queues", value: "QUEUE", repeats: true, "Only jobs of these queues"),
                OptionSpec("grace", value: "SECONDS", "How long running work may take to finish (default: 30)"),
                OptionSpec(
                    "lease", value: "MILLISECONDS",
                    "How long a lease lives without renewal, 100 to 600000 (default: 7000)"),
                endpointMap, allowPrivateAddresses, keyFile,
            ] + TraceExport.options, action: .worker),
        CommandSpec(
            "queue", summary: "Show what waits and what runs: depth, oldest, holders, why a job waits",
            options: [CommonOptions.limit, CommonOptions.output], action: .queue),
        CommandSpec(
            "account", "add", operands: "PROVIDER/ID", count: 1...1, operand: .text,
            summary: "Make an account known, so that scans of it can be asked for",
            details: "For example: martlet account add aws/123456789012. Adding it twice changes nothing.",
            options: [OptionSpec("name", value: "NAME", "How people call it")], action: .accountAdd),
        CommandSpec(
            "account", "test", operands: "ACCOUNT", count: 1...1, operand: .text,
            summary: "Test whether an account can be reached with its credentials",
            details: """
                For Azure: gets a token with the account's secret and reads the subscription, now and by this process. For \
                an external source: looks whether its program and its secrets are there; whether they are let in only a \
                scan can tell. Exits with 1 when the account cannot be reached.
                """,
            options: [
                OptionSpec(
                    "source", value: "SOURCE", "What to test: azure or external:NAME (default: what would scan it)"),
                endpointMap,
                OptionSpec("proxy", value: "URL", "A proxy for all requests (default: as https_proxy says)"),
                OptionSpec("ca-file", value: "FILE", completion: .file, "CA certificates in the place of the system's"),
                keyFile, CommonOptions.output,
            ], action: .accountTest),
    ]
}
