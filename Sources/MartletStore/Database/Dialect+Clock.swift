extension Dialect {
    /// An expression for the database's clock, in milliseconds since 1970-01-01T00:00:00Z: the time at which the statement
    /// runs, not that of its transaction. Where an index is to be searched by it, it stands in a sub-select.
    var clock: String {
        switch self {
        // 3.40 has no unixepoch with milliseconds; julianday keeps them.
        case .sqlite: "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"
        case .postgresql: "FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint"
        }
    }
}
