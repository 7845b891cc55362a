import MartletCore
import MartletEngine
import MartletStore

extension Listing where Row == SecretRow {
    /// `martlet secret list`.
    static var secrets: Listing {
        Listing(
            columns: [
                Column("NAME", style: { _ in .bold }) { $0.name },
                Column("KIND") { $0.kind },
                Column("KEY") { $0.keyID },
                Column("CREATED") { CellText.time($0.createdAt) },
                Column("UPDATED") { CellText.time($0.updatedAt) },
            ],
            fields: [
                ("name", { $0.name }), ("kind", { $0.kind }), ("key_id", { $0.keyID }),
                ("created_at", { $0.createdAt.rfc3339 }), ("updated_at", { $0.updatedAt.rfc3339 }),
            ], json: write, empty: "no secrets")
    }

    private static func write(_ row: SecretRow, _ json: inout JSONWriter) {
        json.field("name", row.name)
        json.field("kind", row.kind)
        json.field("key_id", row.keyID)
        json.field("created_at", row.createdAt)
        json.field("updated_at", row.updatedAt)
    }
}

extension Listing where Row == SecretRotation {
    /// `martlet secret rotate`, for scripts.
    static var secretRotation: Listing {
        Listing(
            columns: [],
            fields: [
                ("key_id", { $0.keyID }), ("resealed", { String($0.resealed) }),
                ("failed", { $0.failures.map { "\($0.tenant):\($0.name)" }.joined(separator: " ") }),
            ], json: write, empty: "")
    }

    private static func write(_ row: SecretRotation, _ json: inout JSONWriter) {
        json.field("key_id", row.keyID)
        json.field("resealed", row.resealed)
        json.key("failed")
        json.beginArray()
        for failure in row.failures {
            json.beginObject()
            json.field("tenant", failure.tenant)
            json.field("name", failure.name)
            json.field("code", failure.error.code.name)
            json.endObject()
        }
        json.endArray()
    }
}
