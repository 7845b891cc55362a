import MartletCore
import MartletStore

/// The resource `resources`: what findings are about.
enum ResourceShape {
    static let type = "resources"

    static let schema = ResourceSchema(
        type, component: "Resource",
        attributes: [
            Property("inserted_at", .time, "When it was first seen."),
            Property("updated_at", .time, "When a field or its tags last changed."), Property("uid", .string()),
            Property("name", .string()), Property("region", .string()), Property("service", .string()),
            Property("tags", .map(.string()), "Of a key with several values the last."),
            Property("failed_findings_count", .integer(), "Unmuted FAIL findings."),
            Property("metadata", .nullable(.string()), "What the source attached, as JSON text."),
            Property("details", .nullable(.string()), "Always null: no source of Martlet says it."),
            Property("partition", .nullable(.string())), Property("groups", .nullable(.array(.string()))),
            Property("type", .string()), Property("findings_count", .integer(), "All findings."),
        ], relationships: [.one("provider", AccountShape.type), .many("findings", FindingShape.type)])

    /// - Parameter findings: UUIDs of its findings; nil where they were not read.
    static func fill(
        _ detail: ResourceDetail, findings: [String]?, _ resource: inout ResourceWriter, _ context: RequestContext
    ) {
        let row = detail.row
        resource.attribute("inserted_at", row.firstSeenAt)
        resource.attribute("updated_at", row.updatedAt)
        resource.attribute("uid", row.resource.uid)
        resource.attribute("name", row.resource.name)
        resource.attribute("region", row.resource.region)
        resource.attribute("service", row.resource.service)
        resource.attribute("tags") { json in
            json.beginObject()
            // The last of one key wins, as in every reader of JSON.
            let tags = Dictionary(row.resource.tags.map { ($0.key, $0.value) }) { $1 }
            for (key, value) in tags.sorted(by: { $0.key < $1.key }) { json.field(key, value) }
            json.endObject()
        }
        resource.attribute("failed_findings_count", row.failedFindings)
        resource.attribute("metadata", row.resource.data.isEmpty ? nil : row.resource.data)
        resource.attribute("details", String?.none)
        resource.attribute("partition", row.resource.partition.isEmpty ? nil : row.resource.partition)
        resource.attribute("groups", JSONValue.null)
        resource.attribute("type", row.resource.type)
        resource.attribute("findings_count", row.findings)
        resource.one("provider", ResourceIdentifier(AccountShape.type, row.account.identifier))
        resource.many(
            "findings", (findings ?? []).map { ResourceIdentifier(FindingShape.type, $0) }, count: Int(row.findings))
        resource.link("self", context.url(type, detail.number.identifier))
    }
}
