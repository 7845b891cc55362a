import MartletCore
import MartletStore

extension Listing where Row == ScoreRow {
    /// `martlet threatscore`; the table is for one column of numbers only, the command prints more.
    static var scores: Listing {
        Listing(
            columns: [
                Column("ACCOUNT") { $0.account.uid }, Column("FRAMEWORK") { $0.framework },
                Column("SCORE", right: true) { $0.score.map { Quantity.decimal($0, 2) } ?? "-" },
            ],
            fields: [
                ("account", { $0.account.uid }), ("provider", { $0.account.provider.name }),
                ("framework", { $0.framework }), ("score", { $0.score.map { Quantity.decimal($0, 2) } ?? "" }),
            ], json: write, empty: "no scores")
    }

    private static func write(_ row: ScoreRow, _ json: inout JSONWriter) {
        json.account(row.account)
        json.field("framework", row.framework)
        json.key("score")
        if let score = row.score { json.double(score) } else { json.null() }
        for member in row.document.objectValue ?? []
        where !["account", "provider", "framework", "score"].contains(member.key) {
            json.field(member.key, member.value)
        }
    }
}
