/// Which database speaks; only migrations and the few statements that must differ ask.
public enum Dialect: Sendable, Hashable {
    case sqlite
    case postgresql

    /// Ends a query that proves a fence: it lets renewals and other proofs pass and makes a claim wait for the end of the
    /// transaction. SQLite has one writer and needs no word.
    var keyShare: String {
        switch self {
        case .sqlite: ""
        case .postgresql: " FOR KEY SHARE"
        }
    }
}
