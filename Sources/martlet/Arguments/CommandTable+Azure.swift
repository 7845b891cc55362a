import MartletProviders

extension CommandTable {
    /// Where hosts are reached.
    static let endpointMap = OptionSpec(
        "endpoint-map", value: "FILE", completion: .file,
        "JSON of hosts and base URLs to reach them at; \"*\" with {host} for the rest")

    static let allowPrivateAddresses = OptionSpec(
        "allow-private-addresses", environment: "MARTLET_ALLOW_PRIVATE_ADDRESSES",
        "Scan and test accounts at private addresses, too, and by proxies")

    static let azure: [CommandSpec] = [
        CommandSpec(
            "scan", "azure", summary: "Scan a subscription of Azure now and publish what is found",
            details: """
                Who scans: --tenant-id and --client-id with --client-secret-file or --certificate, or \
                --managed-identity, --workload-identity, --cli; without any of them the variables that Azure's own \
                tools use, or AZURE_ACCESS_TOKEN, a ready token. docs/azure.md lists the least permissions.

                What could not be looked at is listed with the reason and the permission that is missing, and keeps its \
                earlier findings; the scan then ends as completed_with_gaps. Nothing that failed counts as passed.
                """,
            options: [
                OptionSpec(
                    "subscription", value: "ID", environment: "AZURE_SUBSCRIPTION_ID",
                    "The subscription's id (required)"),
                OptionSpec("tenant-id", value: "ID", "The directory of the application that scans"),
                OptionSpec("client-id", value: "ID", "The application that scans, or a user-assigned identity"),
                OptionSpec("client-secret-file", value: "FILE", completion: .file, "A file with the client secret"),
                OptionSpec(
                    "certificate", value: "FILE", completion: .file, "PEM with the private key and its certificate"),
                OptionSpec("managed-identity", "As the machine, or as App Service's identity"),
                OptionSpec("workload-identity", "As AZURE_FEDERATED_TOKEN_FILE lets, as in Kubernetes"),
                OptionSpec("cli", "As whoever has signed in with az login"),
                OptionSpec(
                    "cloud", value: "CLOUD", choices: AzureCloud.allCases.map(\.rawValue),
                    "public, usgovernment or china (default: public)"),
                OptionSpec("checks", value: "CHECK", repeats: true, "Only these checks: ids or aliases"),
                OptionSpec("services", value: "SERVICE", repeats: true, "Only checks of these services"),
                OptionSpec(
                    "severity", value: "SEVERITY", repeats: true, choices: CommonOptions.severities,
                    "Only checks of these severities"),
                OptionSpec("regions", value: "REGION", repeats: true, "Only these regions; global is what is in none"),
                OptionSpec(
                    "devops-organization", value: "NAME", environment: "AZURE_DEVOPS_ORGANIZATION",
                    "Look at this organisation of Azure DevOps, too"),
                OptionSpec(
                    "devops-project", value: "NAME", environment: "AZURE_DEVOPS_PROJECT", "The project of Azure DevOps"),
                endpointMap,
                OptionSpec("proxy", value: "URL", "A proxy for all requests (default: as https_proxy says)"),
                OptionSpec("ca-file", value: "FILE", completion: .file, "CA certificates in the place of the system's"),
                OptionSpec(
                    "wait", value: "SECONDS", "How long to wait for another scan of the account (default: 10)"),
                CommonOptions.failOn,
                OptionSpec(
                    "output", short: "o", value: "FORMAT", choices: CommonOptions.formats + ["openshield"],
                    "table, json, ndjson, csv or openshield (default: table)"),
            ], action: .scanAzure),
        CommandSpec(
            "checks", "permissions", summary: "List what an identity must be allowed for each check of Azure",
            details: "--markdown prints the table of docs/azure.md.",
            options: [
                OptionSpec("checks", value: "CHECK", repeats: true, "Only these checks: ids or aliases"),
                OptionSpec("services", value: "SERVICE", repeats: true, "Only checks of these services"),
                OptionSpec(
                    "severity", value: "SEVERITY", repeats: true, choices: CommonOptions.severities,
                    "Only checks of these severities"),
                OptionSpec("markdown", "As a table of Markdown"), CommonOptions.output,
            ], action: .checkPermissions),
    ]
}
