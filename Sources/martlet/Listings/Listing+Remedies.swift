import MartletCore
import MartletPolicy
import MartletStore

/// A row of `martlet remediate`: a finding with its remedy.
struct RemedyView: Sendable {
    var finding: FindingRow
    var remedy: Remedy

    init(_ finding: FindingRow, _ remedies: inout Remedies) {
        self.finding = finding
        remedy = remedies.remedy(
            of: finding.check, finding.resource, region: finding.regions.count == 1 ? finding.regions[0] : "",
            account: finding.account)
    }
}

extension Listing where Row == RemedyView {
    /// `martlet remediate`, where it is not for a person.
    static var remedies: Listing {
        Listing(
            columns: [],
            fields: [
                ("account", { $0.finding.account.uid }), ("provider", { $0.finding.account.provider.name }),
                ("check", { $0.finding.check.check }), ("severity", { $0.finding.severity.name }),
                ("finding", { $0.finding.fingerprint }), ("resource_uid", { $0.finding.resource.uid }),
                ("resource_name", { $0.finding.resource.name }),
                ("region", { $0.finding.regions.joined(separator: ",") }), ("text", { $0.remedy.text }),
                ("command", { $0.remedy.command ?? "" }), ("command_filled", { String($0.remedy.isFilled) }),
                ("command_placeholders", { $0.remedy.placeholders.joined(separator: " ") }),
                ("command_withheld", { $0.remedy.withheld ?? "" }), ("code", { $0.remedy.code }),
                ("origin", { $0.remedy.origin.rawValue }),
            ], json: write, empty: "nothing to put right")
    }

    private static func write(_ row: RemedyView, _ json: inout JSONWriter) {
        json.account(row.finding.account)
        json.field("check", row.finding.check.check)
        json.field("severity", row.finding.severity.name)
        json.field("finding", row.finding.fingerprint)
        json.field("resource_uid", row.finding.resource.uid)
        json.said("resource_name", row.finding.resource.name)
        json.regions(row.finding.regions)
        json.said("text", row.remedy.text)
        json.field("command", row.remedy.command)
        json.field("command_filled", row.remedy.isFilled)
        json.field("command_placeholders", row.remedy.placeholders)
        json.field("command_withheld", row.remedy.withheld)
        json.said("code", row.remedy.code)
        json.field("references", row.remedy.references)
        json.field("origin", row.remedy.origin.rawValue)
    }
}
