import MartletCore
import MartletStore

/// An account as `martlet retention show` lists it.
struct RetainedAccount {
    var rule: RetentionRule
    var account: RetentionRow.Account
}

extension Listing where Row == RetainedAccount {
    /// The accounts of `martlet retention show`.
    static var retained: Listing {
        Listing(
            columns: [
                Column("ACCOUNT", style: { _ in .bold }) { $0.account.account.uid },
                Column("PROVIDER") { $0.account.account.provider.name },
                Column("OLDEST SCAN") { CellText.or($0.account.oldest?.id ?? "") },
                Column("PUBLISHED") { CellText.time($0.account.oldest?.publishedAt) },
                Column("READABLE", right: true) { Quantity.grouped($0.account.readable) },
                Column("SCANS", right: true) { Quantity.grouped($0.account.scans) },
                Column("", style: { _ in .yellow }) { $0.account.unfinished ? "unfinished" : "" },
            ],
            fields: [
                ("keep_scans", { $0.rule.keepScans.map(String.init) ?? "" }),
                ("keep_days", { $0.rule.keepDays.map(String.init) ?? "" }),
                ("account", { $0.account.account.uid }), ("provider", { $0.account.account.provider.name }),
                ("oldest_scan", { $0.account.oldest?.id ?? "" }),
                ("oldest_published_at", { $0.account.oldest?.publishedAt.rfc3339 ?? "" }),
                ("readable_scans", { String($0.account.readable) }), ("scans", { String($0.account.scans) }),
                ("unfinished", { $0.account.unfinished ? "true" : "false" }),
            ], json: { $1.retained($0.account) }, empty: "no accounts")
    }
}

extension Listing where Row == RetentionRow {
    /// `martlet retention show`, for scripts.
    static var retention: Listing {
        Listing(columns: [], fields: [], json: write, empty: "")
    }

    private static func write(_ row: RetentionRow, _ json: inout JSONWriter) {
        json.key("keep_scans")
        if let scans = row.rule.keepScans { json.int(scans) } else { json.null() }
        json.key("keep_days")
        if let days = row.rule.keepDays { json.int(days) } else { json.null() }
        json.key("accounts")
        json.beginArray()
        for account in row.accounts {
            json.beginObject()
            json.retained(account)
            json.endObject()
        }
        json.endArray()
    }
}

extension JSONWriter {
    /// The members of an account of `martlet retention show`.
    mutating func retained(_ row: RetentionRow.Account) {
        account(row.account)
        field("oldest_scan", row.oldest?.id)
        field("oldest_published_at", row.oldest?.publishedAt)
        field("readable_scans", row.readable)
        field("scans", row.scans)
        field("unfinished", row.unfinished)
    }
}

extension RetentionRule {
    /// What is kept, as a person says it.
    var text: String {
        let scans = keepScans.map { $0 == 1 ? "the last scan of each account" : "the last \($0) scans of each account" }
        let days = keepDays.map { $0 == 1 ? "the scans of the last day" : "the scans of the last \($0) days" }
        let parts = [scans, days].compactMap { $0 }
        return parts.isEmpty ? "everything" : parts.joined(separator: ", and ")
    }
}
