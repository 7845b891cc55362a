import MartletCore

/// What a store is compared with: its rows written by the database's fastest plain means, without any other work.
protocol RawBaseline {
    /// Writes everything that an import wrote, in its transactions: batch by batch, then what publish wrote in one.
    func all(batchSize: Int) throws -> Figures
    /// Writes one table in one transaction.
    func table(_ name: String) throws -> Figures
}

/// Why there is no baseline.
enum RawBaselineError {
    static let otherDatabase = MartletError(.usage, "both stores of a baseline must be in the same kind of database")
}
