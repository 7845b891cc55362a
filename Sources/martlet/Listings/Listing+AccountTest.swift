import MartletCore
import MartletEngine

/// An account with what a test of its connection has found.
struct AccountTest: Sendable {
    let account: AccountKey
    let result: ConnectionResult

    /// For a person.
    var state: String { result.isConnected.map { $0 ? "connected" : "not connected" } ?? "cannot be told" }
}

extension Listing where Row == AccountTest {
    /// `martlet account test`.
    static var accountTests: Listing {
        Listing(
            columns: [
                Column("ACCOUNT") { $0.account.description }, Column("SOURCE") { $0.result.source },
                Column("CONNECTION") { $0.state }, Column("WHY", flexible: true) { $0.result.message ?? "-" },
            ],
            fields: [
                ("account", { $0.account.uid }), ("provider", { $0.account.provider.name }),
                ("source", { $0.result.source }),
                ("connected", { $0.result.isConnected.map { $0 ? "true" : "false" } ?? "" }),
                ("code", { $0.result.code ?? "" }), ("message", { $0.result.message ?? "" }),
            ],
            json: { row, json in
                json.field("account", row.account.uid)
                json.field("provider", row.account.provider.name)
                json.field("source", row.result.source)
                if let isConnected = row.result.isConnected {
                    json.field("connected", isConnected)
                } else {
                    json.field("connected", String?.none)
                }
                json.field("code", row.result.code)
                json.field("message", row.result.message)
            }, empty: "")
    }
}
