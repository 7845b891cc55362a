import MartletCore
import MartletPolicy
import MartletStore

/// The resource `findings`.
enum FindingShape {
    static let type = "findings"

    static let schema = ResourceSchema(
        type, component: "Finding",
        attributes: [
            Property("uid", .string(), "The source's own id, as Prowler writes it; several findings may share it."),
            Property("delta", .nullable(.choice(["new", "changed"])), "Against the scan before, in Prowler's words."),
            Property("status", .choice(FindingFilters.statuses)), Property("status_extended", .string()),
            Property("severity", .choice(FindingFilters.severities)), Property("check_id", .string()),
            Property("check_metadata", .map(.any), "What the source says of the check."),
            Property("categories", .array(.string())),
            Property(
                "resource_groups", .nullable(.string()), "The group of resources that the check looks at."),
            Property("raw_result", .map(.any), "Empty: only what the source said of the resource is kept."),
            Property("inserted_at", .time, "When the scan that is read looked."),
            Property("updated_at", .time, "When the version that is shown was first observed."),
            Property("first_seen_at", .time), Property("muted", .boolean),
            Property("muted_reason", .nullable(.string())),
            Property("change", .choice(FindingFilters.deltas), "Against the scan before, in Martlet's words."),
            Property("failing_since", .nullable(.time)), Property("regions", .array(.string())),
            Property("service", .string()), Property("source", .string(), "The scanner that says so."),
            Property("resource_uid", .string()), Property("resource_name", .string()),
        ], relationships: [.one("scan", "scans"), .many("resources", "resources")])

    /// What a page of findings is written with.
    struct Writer {
        var metadata = CheckMetadataText()
        /// The scan that is read, by account.
        var scans: [AccountKey: String]

        mutating func fill(_ row: FindingRow, _ resource: inout ResourceWriter, _ context: RequestContext) {
            resource.attribute("uid", row.sourceUID)
            resource.attribute("delta", FindingShape.delta(row.delta))
            resource.attribute("status", row.status.name)
            resource.attribute("status_extended", row.detail)
            resource.attribute("severity", row.severity.name)
            resource.attribute("check_id", row.check.check)
            if resource.wants("check_metadata") || resource.wants("categories") {
                let text = metadata.of(row.check, provider: row.account.provider, severity: row.severity)
                resource.attribute("check_metadata") { $0.raw(text.json) }
                resource.attribute("categories", text.categories)
            }
            resource.attribute(
                "resource_groups", KnownChecks.group(of: row.check.check, provider: row.account.provider))
            resource.attribute("raw_result", JSONValue.object([]))
            resource.attribute("inserted_at", row.observedAt)
            resource.attribute("updated_at", row.updatedAt)
            resource.attribute("first_seen_at", row.firstSeenAt)
            resource.attribute("muted", row.muted)
            resource.attribute("muted_reason", row.mutedReason)
            resource.attribute("change", row.delta.rawValue)
            resource.attribute("failing_since", row.failingSince)
            resource.attribute("regions", row.regions)
            resource.attribute("service", row.check.service)
            resource.attribute("source", row.source)
            resource.attribute("resource_uid", row.resource.uid)
            resource.attribute("resource_name", row.resource.name)
            resource.one("scan", scans[row.account].map { ResourceIdentifier("scans", $0) })
            resource.many("resources", [ResourceIdentifier("resources", row.resourceNumber.identifier)])
            resource.link("self", context.url(type, resource.id))
        }
    }

    /// Prowler's two words for what is new or has another status.
    static func delta(_ delta: FindingDelta) -> String? {
        switch delta {
        case .new: "new"
        case .changed, .resolved, .reopened: "changed"
        default: nil
        }
    }
}
