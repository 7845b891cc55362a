import MartletCore
import MartletStore

extension Listing where Row == UserRow {
    /// `martlet user list`.
    static var users: Listing {
        Listing(
            columns: [
                Column("EMAIL", style: { _ in .bold }) { $0.email },
                Column("NAME") { $0.name },
                Column("ACTIVE") { $0.isActive ? "yes" : "no" },
                Column("CREATED") { CellText.time($0.createdAt) },
                Column("LAST LOGIN") { $0.lastLoginAt.map { CellText.time($0) } ?? "never" },
            ],
            fields: [
                ("id", { $0.id }), ("email", { $0.email }), ("name", { $0.name }),
                ("is_active", { $0.isActive ? "true" : "false" }), ("created_at", { $0.createdAt.rfc3339 }),
                ("last_login_at", { $0.lastLoginAt?.rfc3339 ?? "" }),
            ], json: write, empty: "no users")
    }

    private static func write(_ row: UserRow, _ json: inout JSONWriter) {
        json.field("id", row.id)
        json.field("email", row.email)
        json.field("name", row.name)
        json.field("is_active", row.isActive)
        json.field("created_at", row.createdAt)
        json.field("last_login_at", row.lastLoginAt)
    }
}

extension Listing where Row == AuditRow {
    /// `martlet audit list`.
    static var audit: Listing {
        Listing(
            columns: [
                Column("AT") { CellText.time($0.at) },
                Column("WHO", style: { _ in .bold }) { $0.actor.name },
                Column("ACTION") { $0.action },
                Column("ON") { $0.subjectID },
                Column("FROM") { $0.actor.address ?? "" },
                Column("DETAIL") { $0.detail },
            ],
            fields: [
                ("id", { $0.id }), ("at", { $0.at.rfc3339 }), ("actor_kind", { $0.actor.kind.rawValue }),
                ("actor_id", { $0.actor.id ?? "" }), ("actor_name", { $0.actor.name }), ("action", { $0.action }),
                ("subject_type", { $0.subjectType }), ("subject_id", { $0.subjectID }),
                ("address", { $0.actor.address ?? "" }), ("request_id", { $0.actor.requestID ?? "" }),
                ("detail", { $0.detail }),
            ], json: write, empty: "no changes yet")
    }

    private static func write(_ row: AuditRow, _ json: inout JSONWriter) {
        json.field("id", row.id)
        json.field("at", row.at)
        json.field("actor_kind", row.actor.kind.rawValue)
        json.field("actor_id", row.actor.id)
        json.field("actor_name", row.actor.name)
        json.field("action", row.action)
        json.field("subject_type", row.subjectType)
        json.field("subject_id", row.subjectID)
        json.field("address", row.actor.address)
        json.field("request_id", row.actor.requestID)
        json.key("detail")
        json.value((try? JSONValue.parse(row.detail)) ?? .null)
    }
}
