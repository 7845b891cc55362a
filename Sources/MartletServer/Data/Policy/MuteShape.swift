import MartletCore
import MartletPolicy
import MartletStore

/// The resource `mute-rules`.
enum MuteShape {
    static let type = "mute-rules"

    /// Conditions of a rule; a list that is empty limits nothing.
    private static let conditions = Schema.object(
        ["accounts", "checks", "regions", "resources", "tags"].map {
            Property($0, .array(.string(maxLength: 2048), max: 1000))
        })

    static let schema = ResourceSchema(
        type, component: "MuteRule",
        attributes: [
            Property("inserted_at", .time), Property("updated_at", .time), Property("name", .string()),
            Property("reason", .string()), Property("enabled", .boolean),
            Property("finding_uids", .array(.string()), "The findings it was made for, as their sources call them."),
            Property("finding_ids", .array(.uuid)), Property("conditions", conditions),
            Property("owner", .string()), Property("expires_at", .nullable(.time)),
            Property("muted_findings", .integer(), "Published findings that it mutes now."),
        ], relationships: [.one("created_by", "users")])

    static let create = ResourceSchema(
        type, component: "MuteRuleCreate", id: nil,
        attributes: [
            Property("name", .string(maxLength: 100), required: true),
            Property("reason", .string(maxLength: 500), required: true),
            Property("finding_ids", .array(.uuid, max: 1000), "These findings and no others."),
            Property("conditions", conditions, "Instead of finding_ids: all findings for which these hold."),
            Property("expires_at", .nullable(.time)),
        ])

    static let update = ResourceSchema(
        type, component: "MuteRuleUpdate",
        attributes: [
            Property("name", .string(maxLength: 100)), Property("reason", .string(maxLength: 500)),
            Property("enabled", .boolean), Property("expires_at", .nullable(.time)),
        ])

    /// - Parameter uids: What sources call the findings that rules name, by fingerprint.
    static func fill(_ row: MuteRuleRow, uids: [String: String], _ resource: inout ResourceWriter) {
        let rule = row.rule
        resource.attribute("inserted_at", row.createdAt)
        resource.attribute("updated_at", row.updatedAt)
        resource.attribute("name", row.name)
        resource.attribute("reason", rule.reason)
        resource.attribute("enabled", row.isEnabled)
        resource.attribute("finding_uids", Array(Set(rule.findings.compactMap { uids[$0] })).sorted())
        resource.attribute("finding_ids", rule.findings.compactMap { ContentHash(hex: $0)?.uuid })
        resource.attribute("conditions") { json in
            json.beginObject()
            json.field("accounts", rule.accounts)
            json.field("checks", rule.checks)
            json.field("regions", rule.regions)
            json.field("resources", rule.resources)
            json.field("tags", rule.tags)
            json.endObject()
        }
        resource.attribute("owner", rule.owner)
        resource.attribute("expires_at", rule.expiresAt)
        resource.attribute("muted_findings", row.findings)
        resource.one("created_by", row.createdBy.map { ResourceIdentifier("users", $0) })
    }
}
