extension Dialect {
    /// A condition: the column's whole number is one of a placeholder's ``Value/numbers(_:)``.
    ///
    /// In a join with a loaded stage PostgreSQL's planner may take each side for one row as long as a table, an account or
    /// a tenant is newer than its statistics, and then compares each row with each. Of a list that is bound it either
    /// searches an index for every number or makes a hash table, whatever it believes of the rows.
    func isAmong(_ column: String, _ placeholder: String) -> String {
        switch self {
        case .sqlite: "\(column) IN (SELECT value FROM json_each(\(placeholder)))"
        case .postgresql: "\(column) = ANY(\(placeholder)::bigint[])"
        }
    }
}
