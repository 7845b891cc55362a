import MartletCore
import MartletStore

extension Listing where Row == ComplianceRequirementRow {
    /// `martlet compliance FRAMEWORK`.
    static var requirements: Listing {
        Listing(
            columns: [
                Column("ACCOUNT") { $0.account.uid },
                Column("FRAMEWORK") { $0.framework },
                Column("REQUIREMENT", flexible: true, style: { _ in .bold }) { $0.requirement },
                Column("REGION") { $0.region.map { CellText.or($0) } ?? "all" },
                Column("STATUS", style: { .status($0.status) }) { $0.status },
                Column("CHECKS", right: true) { "\($0.evaluatedChecks)/\($0.totalChecks)" },
                Column("FAILED", right: true, style: { $0.failedChecks > 0 ? .red : .dim }) { String($0.failedChecks) },
                Column("PASSED/FINDINGS", right: true) { "\($0.passedFindings)/\($0.totalFindings)" },
                Column("DESCRIPTION", flexible: true) { $0.description },
            ],
            fields: [
                ("framework", { $0.framework }), ("version", { $0.version }), ("requirement", { $0.requirement }),
                ("region", { $0.region ?? "" }), ("status", { $0.status }),
                ("passed_checks", { String($0.passedChecks) }), ("failed_checks", { String($0.failedChecks) }),
                ("evaluated_checks", { String($0.evaluatedChecks) }), ("total_checks", { String($0.totalChecks) }),
                ("passed_findings", { String($0.passedFindings) }),
                ("total_findings", { String($0.totalFindings) }), ("account", { $0.account.uid }),
                ("provider", { $0.account.provider.name }), ("description", { $0.description }),
            ], json: write, empty: "no requirements")
    }

    private static func write(_ row: ComplianceRequirementRow, _ json: inout JSONWriter) {
        json.field("framework", row.framework)
        json.said("version", row.version)
        json.field("requirement", row.requirement)
        json.said("region", row.region ?? "")
        json.field("status", row.status)
        json.field("passed_checks", row.passedChecks)
        json.field("failed_checks", row.failedChecks)
        json.field("evaluated_checks", row.evaluatedChecks)
        json.field("total_checks", row.totalChecks)
        json.field("passed_findings", row.passedFindings)
        json.field("total_findings", row.totalFindings)
        json.account(row.account)
        json.said("description", row.description)
    }
}
