import MartletCore
import MartletPolicy

extension MuteRecords {
    /// What people call a mute that was just added, and who made it.
    public static func describe(
        _ id: String, name: String?, createdBy: String?, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            "UPDATE mutes SET name = $3, created_by = $4 WHERE tenant = $1 AND id = $2",
            [.int(tenant), .text(id), .optional(name), .optional(createdBy)])
    }

    /// Puts a changed rule in its place. False when there is none of its id.
    public static func replace(
        _ rule: MuteRule, name: String?, isEnabled: Bool, tenant: Int64, _ connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE mutes SET rule = $3, expires_at = $4, name = $5, disabled = $6, updated_at = $7
            WHERE tenant = $1 AND id = $2
            """,
            [
                .int(tenant), .text(rule.id), .text(rule.json.canonicalText), .optional(rule.expiresAt),
                .optional(name), .bool(!isEnabled), .int(try connection.now()),
            ]) == 1
    }
}
