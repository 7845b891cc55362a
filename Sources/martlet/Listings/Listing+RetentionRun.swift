import MartletCore
import MartletEngine
import MartletStore

extension Listing where Row == RetentionReport.Account {
    /// `martlet retention run`.
    static var retentionRuns: Listing {
        Listing(
            columns: [
                Column("ACCOUNT", style: { _ in .bold }) { $0.account.uid },
                Column("PROVIDER") { $0.account.provider.name },
                Column("OLDEST SCAN") { CellText.or($0.oldest?.id ?? "") },
                Column("READABLE", right: true) { Quantity.grouped($0.readable) },
                Column("FORGOTTEN", right: true) { Quantity.grouped($0.forgotten) },
                Column("FINDINGS", right: true) { Quantity.grouped($0.removed[.findings] ?? 0) },
                Column("RESOURCES", right: true) { Quantity.grouped($0.removed[.resources] ?? 0) },
                Column("ROWS", right: true) { Quantity.grouped(rows($0)) },
                Column("STATE", style: { $0.state == .busy ? .yellow : .plain }) { $0.state.rawValue },
            ],
            fields: [
                ("account", { $0.account.uid }), ("provider", { $0.account.provider.name }),
                ("state", { $0.state.rawValue }), ("oldest_scan", { $0.oldest?.id ?? "" }),
                ("oldest_published_at", { $0.oldest?.publishedAt.rfc3339 ?? "" }),
                ("readable_scans", { String($0.readable) }), ("forgotten_scans", { String($0.forgotten) }),
            ] + PrunableTable.allCases.map { table in (table.rawValue, { String($0.removed[table] ?? 0) }) }
                + [("rows", { String(rows($0)) })],
            json: write, empty: "no accounts")
    }

    private static func rows(_ row: RetentionReport.Account) -> Int { row.removed.values.reduce(0, +) }

    private static func write(_ row: RetentionReport.Account, _ json: inout JSONWriter) {
        json.account(row.account)
        json.field("state", row.state.rawValue)
        json.field("oldest_scan", row.oldest?.id)
        json.field("oldest_published_at", row.oldest?.publishedAt)
        json.field("readable_scans", row.readable)
        json.field("forgotten_scans", row.forgotten)
        json.key("removed")
        json.beginObject()
        for table in PrunableTable.allCases { json.field(table.rawValue, row.removed[table] ?? 0) }
        json.endObject()
        json.field("rows", rows(row))
    }
}
