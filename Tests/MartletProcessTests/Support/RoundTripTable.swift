import Foundation

/// A scan as Prowler's CSV.
enum RoundTripTable {
    static func text(of scan: CommandLineScan) -> String {
        let columns: [(name: String, value: (CommandLineScan.Statement) -> String)] = [
            ("AUTH_METHOD", { _ in "profile: none" }), ("TIMESTAMP", { _ in scan.time }),
            ("ACCOUNT_UID", { _ in scan.account }), ("ACCOUNT_NAME", { _ in "Orchard" }),
            ("ACCOUNT_ORGANIZATION_UID", { _ in "o-1" }), ("ACCOUNT_ORGANIZATION_NAME", { _ in "Farm" }),
            ("PROVIDER", { _ in "aws" }), ("CHECK_ID", { $0.check }), ("CHECK_TITLE", { "Title of \($0.check)" }),
            ("CHECK_TYPE", { _ in "A type" }), ("STATUS", { $0.status }), ("STATUS_EXTENDED", { $0.detail }),
            ("MUTED", { $0.muted ? "True" : "False" }),
            ("SERVICE_NAME", { String($0.check.prefix { $0 != "_" }) }), ("SEVERITY", { $0.severity.lowercased() }),
            ("RESOURCE_TYPE", { _ in "Thing" }), ("RESOURCE_UID", { $0.uid }), ("RESOURCE_NAME", { $0.name }),
            (
                "RESOURCE_TAGS",
                { $0.labels.map { $0.replacingOccurrences(of: ":", with: "=") }.joined(separator: " | ") }
            ),
            ("PARTITION", { _ in "aws" }), ("REGION", { $0.regions.joined(separator: " | ") }),
            ("DESCRIPTION", { _ in "What it looks at" }), ("RISK", { _ in "A risk" }),
            ("REMEDIATION_RECOMMENDATION_TEXT", { _ in "Do it" }),
            ("REMEDIATION_RECOMMENDATION_URL", { _ in "https://f.example" }), ("COMPLIANCE", { _ in "CIS-2.0: 1.1" }),
            ("CATEGORIES", { _ in "one" }),
        ]
        let rows = scan.statements.map { statement in
            columns.map { quoted($0.value(statement)) }.joined(separator: ";")
        }
        return ([columns.map(\.name).joined(separator: ";")] + rows).joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ";\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
