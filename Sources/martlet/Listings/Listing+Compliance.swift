import MartletCore
import MartletStore

extension Listing where Row == ComplianceOverviewRow {
    /// `martlet compliance`.
    static var overview: Listing {
        Listing(
            columns: [
                Column("ACCOUNT") { $0.account.uid },
                Column("FRAMEWORK", style: { _ in .bold }) { $0.framework },
                Column("VERSION") { CellText.or($0.version) },
                Column("PASS", right: true, style: { _ in .green }) { String($0.passed) },
                Column("FAIL", right: true, style: { $0.failed > 0 ? .red : .dim }) { String($0.failed) },
                Column("MANUAL", right: true) { String($0.manual) },
                Column("ERROR", right: true, style: { $0.error > 0 ? .yellow : .dim }) { String($0.error) },
                Column("INCOMPLETE", right: true, style: { $0.incomplete > 0 ? .yellow : .dim }) {
                    String($0.incomplete)
                },
                Column("MUTED", right: true, style: { _ in .dim }) { String($0.muted) },
                Column("NOT EVAL", right: true, style: { _ in .dim }) { String($0.notEvaluated) },
                Column("TOTAL", right: true) { String($0.total) },
                Column("NAME", flexible: true) { $0.name },
            ],
            fields: [
                ("account", { $0.account.uid }), ("provider", { $0.account.provider.name }),
                ("framework", { $0.framework }), ("version", { $0.version }), ("name", { $0.name }),
                ("passed", { String($0.passed) }), ("failed", { String($0.failed) }),
                ("manual", { String($0.manual) }), ("error", { String($0.error) }),
                ("incomplete", { String($0.incomplete) }), ("muted", { String($0.muted) }),
                ("not_evaluated", { String($0.notEvaluated) }), ("total", { String($0.total) }),
            ], json: write, empty: "no compliance; import a scan and add frameworks with: martlet frameworks add PATH")
    }

    private static func write(_ row: ComplianceOverviewRow, _ json: inout JSONWriter) {
        json.field("framework", row.framework)
        json.said("version", row.version)
        json.said("name", row.name)
        json.account(row.account)
        json.field("passed", row.passed)
        json.field("failed", row.failed)
        json.field("manual", row.manual)
        json.field("error", row.error)
        json.field("incomplete", row.incomplete)
        json.field("muted", row.muted)
        json.field("not_evaluated", row.notEvaluated)
        json.field("total", row.total)
    }
}
