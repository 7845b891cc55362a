import MartletCore
import MartletStore

extension Listing where Row == ResourceRow {
    /// `martlet resources`.
    static var resources: Listing {
        Listing(
            columns: [
                Column("FAIL", right: true, style: { $0.failedFindings > 0 ? .red : .dim }) {
                    Quantity.grouped($0.failedFindings)
                },
                Column("FINDINGS", right: true) { Quantity.grouped($0.findings) },
                Column("SERVICE") { CellText.or($0.resource.service) },
                Column("TYPE", flexible: true) { CellText.or($0.resource.type) },
                Column("REGION", flexible: true) { CellText.or($0.resource.region) },
                Column("NAME", flexible: true, style: { _ in .bold }) { CellText.or($0.resource.name) },
                Column("UID", flexible: true) { CellText.or($0.resource.uid) },
                Column("TAGS", flexible: true, style: { _ in .dim }) { CellText.tags($0.resource.tags) },
            ],
            fields: [
                ("uid", { $0.resource.uid }), ("name", { $0.resource.name }), ("type", { $0.resource.type }),
                ("service", { $0.resource.service }), ("region", { $0.resource.region }),
                ("partition", { $0.resource.partition }), ("account", { $0.account.uid }),
                ("provider", { $0.account.provider.name }), ("tags", { CellText.tags($0.resource.tags) }),
                ("failed_findings", { String($0.failedFindings) }), ("findings", { String($0.findings) }),
                ("first_seen_at", { $0.firstSeenAt.rfc3339 }), ("updated_at", { $0.updatedAt.rfc3339 }),
            ], json: write, empty: "no resources")
    }

    private static func write(_ row: ResourceRow, _ json: inout JSONWriter) {
        json.field("uid", row.resource.uid)
        json.said("name", row.resource.name)
        json.said("type", row.resource.type)
        json.said("service", row.resource.service)
        json.said("region", row.resource.region)
        json.said("partition", row.resource.partition)
        json.account(row.account)
        json.tags(row.resource.tags)
        json.field("failed_findings", row.failedFindings)
        json.field("findings", row.findings)
        json.field("first_seen_at", row.firstSeenAt)
        json.field("updated_at", row.updatedAt)
        json.key("data")
        if row.resource.data.isEmpty { json.null() } else { json.raw(row.resource.data) }
    }
}
