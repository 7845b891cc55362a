import MartletCore
import MartletStore

extension Listing where Row == FindingRow {
    /// `martlet findings`.
    static var findings: Listing {
        Listing(
            columns: [
                Column("STATUS", style: { $0.muted ? .dim : .status($0.status.name) }) {
                    $0.status.name + ($0.muted ? " (muted)" : "")
                },
                Column("SEVERITY", style: { .severity($0.severity) }) { $0.severity.name },
                Column("CHECK", flexible: true) { $0.check.check },
                Column("REGION", flexible: true) { CellText.or($0.regions.joined(separator: ",")) },
                Column("RESOURCE", flexible: true) { CellText.resource($0.resource) },
                Column("SINCE", style: { _ in .dim }) {
                    String(CellText.time($0.failingSince ?? $0.firstSeenAt).prefix(10))
                },
                Column("DELTA", style: { $0.delta == .unchanged ? .dim : .cyan }) { $0.delta.rawValue },
                Column("DETAIL", flexible: true) { $0.detail },
            ], fields: csvFields, json: write, empty: "no findings")
    }

    private static var csvFields: [(name: String, value: (FindingRow) -> String)] {
        [
            ("check", { $0.check.check }), ("status", { $0.status.name }), ("severity", { $0.severity.name }),
            ("muted", { $0.muted ? "true" : "false" }), ("delta", { $0.delta.rawValue }),
            ("region", { $0.regions.joined(separator: ",") }), ("service", service),
            ("account", { $0.account.uid }), ("provider", { $0.account.provider.name }),
            ("resource_uid", { $0.resource.uid }), ("resource_name", { $0.resource.name }),
            ("resource_type", { $0.resource.type }), ("tags", { CellText.tags($0.resource.tags) }),
            ("detail", { $0.detail }), ("first_seen_at", { $0.firstSeenAt.rfc3339 }),
            ("failing_since", { $0.failingSince?.rfc3339 ?? "" }), ("scan", { $0.scan }),
            ("title", { $0.check.title }), ("fingerprint", { $0.fingerprint }), ("source", { $0.source }),
            ("observed_at", { $0.observedAt.rfc3339 }), ("muted_reason", { $0.mutedReason ?? "" }),
        ]
    }

    private static func service(_ row: FindingRow) -> String {
        row.check.service.isEmpty ? row.resource.service : row.check.service
    }

    private static func write(_ row: FindingRow, _ json: inout JSONWriter) {
        json.field("check", row.check.check)
        json.field("status", row.status.name)
        json.field("severity", row.severity.name)
        json.field("muted", row.muted)
        json.field("delta", row.delta.rawValue)
        json.regions(row.regions)
        json.said("service", service(row))
        json.account(row.account)
        json.key("resource")
        json.beginObject()
        json.field("uid", row.resource.uid)
        json.said("name", row.resource.name)
        json.said("type", row.resource.type)
        json.endObject()
        json.tags(row.resource.tags)
        json.field("detail", row.detail)
        json.field("first_seen_at", row.firstSeenAt)
        json.field("failing_since", row.failingSince)
        json.field("scan", row.scan)
        json.said("title", row.check.title)
        json.field("fingerprint", row.fingerprint)
        json.said("source", row.source)
        json.field("observed_at", row.observedAt)
        json.field("muted_reason", row.mutedReason)
    }
}
