extension Dialect {
    /// Ends a query of one table whose rows nobody else may change before the end of the transaction. SQLite has one
    /// writer and needs no word.
    var forUpdate: String {
        switch self {
        case .sqlite: ""
        case .postgresql: " FOR UPDATE"
        }
    }

    /// The same for the rows of one table, passing over those that others have locked.
    func forUpdateSkipping(_ table: String) -> String {
        switch self {
        case .sqlite: ""
        case .postgresql: " FOR UPDATE OF \(table) SKIP LOCKED"
        }
    }
}
