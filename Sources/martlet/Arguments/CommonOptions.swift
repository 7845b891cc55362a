import MartletCore
import MartletStore

/// Options that several commands share.
enum CommonOptions {
    static let formats = ["table", "json", "ndjson", "csv"]

    static let output = OptionSpec(
        "output", short: "o", value: "FORMAT", choices: formats, "table, json, ndjson or csv (default: table)")
    static let findingsOutput = OptionSpec(
        "output", short: "o", value: "FORMAT", choices: formats + ["ocsf"],
        "table, json, ndjson, csv or ocsf (default: table)")
    static let account = OptionSpec(
        "account", short: "a", value: "ACCOUNT", repeats: true,
        "Only these accounts: id, provider/id or name")
    static let provider = OptionSpec(
        "provider", value: "PROVIDER", repeats: true, choices: Provider.known, "Only accounts of these providers")
    static let at = OptionSpec("at", value: "SCAN", "The posture as it was after this scan (id or its beginning)")
    static let limit = OptionSpec("limit", short: "n", value: "N", "At most N rows")
    static let service = OptionSpec(
        "service", value: "SERVICE", repeats: true, "Only these services; * and ? are wildcards")
    static let region = OptionSpec(
        "region", value: "REGION", repeats: true, "Only these regions; an empty value means no region")
    static let resource = OptionSpec(
        "resource", value: "RESOURCE", repeats: true, splits: false,
        "Only resources with this uid or name; * and ? are wildcards")
    static let tag = OptionSpec(
        "tag", value: "KEY[=VALUE]", repeats: true, splits: false,
        "Only resources with this tag; several must all be there")
    static let failOn = OptionSpec(
        "fail-on", value: "SEVERITY", choices: severities,
        "Exit with 3 if there is an unmuted FAIL of this severity or above")

    static let severities = Severity.allCases.reversed().map(\.name)
    static let statuses = Status.allCases.map(\.name)
    static let deltas = FindingDelta.allCases.map(\.rawValue)

    /// The choice of accounts.
    static let scope = [account, provider]
}
