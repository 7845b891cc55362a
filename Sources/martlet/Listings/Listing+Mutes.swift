import MartletCore
import MartletPolicy
import MartletStore

extension Listing where Row == MuteRow {
    /// `martlet mute list`.
    static var mutes: Listing {
        Listing(
            columns: [
                Column("ID", style: { _ in .bold }) { $0.rule.id },
                Column("CHECK", flexible: true) { any($0.rule.checks) },
                Column("RESOURCE", flexible: true) { any($0.rule.resources) },
                Column("REGION", flexible: true) { any($0.rule.regions) },
                Column("TAG", flexible: true) { any($0.rule.tags) },
                Column("ACCOUNT", flexible: true) { any($0.rule.accounts) },
                Column("MUTES", right: true, style: { $0.findings == 0 ? .yellow : .plain }) {
                    Quantity.grouped($0.findings)
                },
                Column("EXPIRES") { CellText.time($0.rule.expiresAt) },
                Column("OWNER", flexible: true) { CellText.or($0.rule.owner) },
                Column("REASON", flexible: true) { $0.rule.reason },
            ],
            fields: [
                ("id", { $0.rule.id }), ("checks", { $0.rule.checks.joined(separator: " ") }),
                ("resources", { $0.rule.resources.joined(separator: " ") }),
                ("regions", { $0.rule.regions.joined(separator: " ") }),
                ("tags", { $0.rule.tags.joined(separator: " ") }),
                ("accounts", { $0.rule.accounts.joined(separator: " ") }), ("reason", { $0.rule.reason }),
                ("owner", { $0.rule.owner }), ("expires_at", { $0.rule.expiresAt?.rfc3339 ?? "" }),
                ("origin", { $0.rule.origin.rawValue }), ("created_at", { $0.createdAt.rfc3339 }),
                ("findings", { String($0.findings) }),
            ], json: write, empty: "no mutes")
    }

    private static func any(_ patterns: [String]) -> String {
        patterns.isEmpty ? "any" : patterns.joined(separator: " ")
    }

    private static func write(_ row: MuteRow, _ json: inout JSONWriter) {
        json.mute(row.rule)
        json.field("created_at", row.createdAt)
        json.field("findings", row.findings)
    }
}

extension Listing where Row == MuteRule {
    /// The rules of a mutelist that match nothing.
    static var unmatchedRules: Listing {
        Listing(
            columns: [
                Column("MATCHES NOTHING", style: { _ in .yellow }) { $0.id },
                Column("RESOURCE", flexible: true) { $0.resources.joined(separator: " ") },
                Column("REGION", flexible: true) { $0.regions.joined(separator: " ") },
                Column("REASON", flexible: true) { $0.reason },
            ],
            fields: [
                ("id", { $0.id }), ("checks", { $0.checks.joined(separator: " ") }),
                ("resources", { $0.resources.joined(separator: " ") }),
                ("regions", { $0.regions.joined(separator: " ") }), ("reason", { $0.reason }),
            ], json: { $1.mute($0) }, empty: "every rule matches something")
    }
}

extension JSONWriter {
    /// The members of a mute.
    mutating func mute(_ rule: MuteRule) {
        field("id", rule.id)
        field("checks", rule.checks)
        field("resources", rule.resources)
        field("regions", rule.regions)
        field("tags", rule.tags)
        field("accounts", rule.accounts)
        field("reason", rule.reason)
        said("owner", rule.owner)
        field("expires_at", rule.expiresAt)
        key("exceptions")
        beginObject()
        field("accounts", rule.exceptions.accounts)
        field("regions", rule.exceptions.regions)
        field("resources", rule.exceptions.resources)
        field("tags", rule.exceptions.tags)
        endObject()
        field("origin", rule.origin.rawValue)
    }
}
