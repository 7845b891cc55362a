import MartletCore
import MartletProviders

extension Listing where Row == CheckPermissions {
    /// `martlet checks permissions`.
    static var checkPermissions: Listing {
        Listing(
            columns: [
                Column("CHECK") { $0.check },
                Column("PERMISSIONS", flexible: true) { row in row.permissions.map(\.name).joined(separator: ", ") },
            ],
            fields: [
                (name: "check", value: { $0.check }),
                (name: "permissions", value: { row in row.permissions.map(\.name).joined(separator: ";") }),
            ],
            json: { row, json in
                json.field("check", row.check)
                json.key("permissions")
                json.beginArray()
                for permission in row.permissions {
                    json.beginObject()
                    json.field("host", permission.host)
                    json.field("name", permission.name)
                    json.field("calls", permission.calls)
                    json.endObject()
                }
                json.endArray()
            }, empty: "no checks")
    }
}
