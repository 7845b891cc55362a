import MartletCore
import MartletStore

extension Listing where Row == AccountRow {
    /// `martlet accounts`.
    static var accounts: Listing {
        Listing(
            columns: [
                Column("ACCOUNT", style: { _ in .bold }) { $0.account.uid },
                Column("PROVIDER") { $0.account.provider.name },
                Column("NAME", flexible: true) { CellText.or($0.name) },
                Column("OBSERVED") { CellText.time($0.observedAt) },
                Column("FAIL", right: true, style: { count($0, .fail) > 0 ? .red : .plain }) { grouped($0, .fail) },
                Column("CRIT", right: true, style: { count($0, .critical) > 0 ? .boldRed : .dim }) {
                    grouped($0, .critical)
                },
                Column("HIGH", right: true, style: { count($0, .high) > 0 ? .red : .dim }) { grouped($0, .high) },
                Column("PASS", right: true, style: { _ in .green }) { grouped($0, .pass) },
                Column("MANUAL", right: true) { grouped($0, .manual) },
                Column("MUTED", right: true, style: { _ in .dim }) { Quantity.grouped($0.summary.muted) },
                Column("RESOURCES", right: true) { Quantity.grouped($0.resources) },
                Column("", style: { _ in .yellow }) { $0.pending ? "pending" : "" },
            ],
            fields: [
                ("account", { $0.account.uid }), ("provider", { $0.account.provider.name }), ("name", { $0.name }),
                ("organization", { $0.organization }), ("generation", { String($0.published) }),
                ("scan", { $0.scan ?? "" }), ("observed_at", { $0.observedAt?.rfc3339 ?? "" }),
                ("published_at", { $0.publishedAt?.rfc3339 ?? "" }),
                ("fail", { String(count($0, .fail)) }), ("pass", { String(count($0, .pass)) }),
                ("manual", { String(count($0, .manual)) }), ("muted", { String($0.summary.muted) }),
                ("fail_critical", { String(count($0, .critical)) }), ("fail_high", { String(count($0, .high)) }),
                ("fail_medium", { String(count($0, .medium)) }), ("fail_low", { String(count($0, .low)) }),
                ("fail_informational", { String(count($0, .informational)) }),
                ("resources", { String($0.resources) }), ("pending", { $0.pending ? "true" : "false" }),
            ], json: write, empty: "no accounts; import a scan with: martlet import FILE")
    }

    private static func count(_ row: AccountRow, _ status: Status) -> Int64 { row.summary.byStatus[status] ?? 0 }
    private static func count(_ row: AccountRow, _ severity: Severity) -> Int64 {
        row.summary.failedBySeverity[severity] ?? 0
    }
    private static func grouped(_ row: AccountRow, _ status: Status) -> String { Quantity.grouped(count(row, status)) }
    private static func grouped(_ row: AccountRow, _ severity: Severity) -> String {
        Quantity.grouped(count(row, severity))
    }

    private static func write(_ row: AccountRow, _ json: inout JSONWriter) {
        json.account(row.account)
        json.said("name", row.name)
        json.said("organization", row.organization)
        json.said("organization_name", row.organizationName)
        json.field("generation", row.published)
        json.field("scan", row.scan)
        json.field("observed_at", row.observedAt)
        json.field("published_at", row.publishedAt)
        json.field("posture_version", row.postureVersion)
        json.field("pending", row.pending)
        json.key("findings")
        json.summary(row.summary)
        json.field("resources", row.resources)
    }
}

extension JSONWriter {
    /// An object with the numbers of a posture.
    mutating func summary(_ summary: PostureSummary) {
        beginObject()
        field("total", summary.total)
        field("fail", summary.byStatus[.fail] ?? 0)
        field("pass", summary.byStatus[.pass] ?? 0)
        field("manual", summary.byStatus[.manual] ?? 0)
        field("muted", summary.muted)
        key("fail_by_severity")
        beginObject()
        for severity in Severity.allCases.reversed() {
            field(severity.name, summary.failedBySeverity[severity] ?? 0)
        }
        endObject()
        endObject()
    }
}
