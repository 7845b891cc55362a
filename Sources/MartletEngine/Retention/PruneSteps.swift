import MartletStore

/// What pruning of one account does next: table after table in batches, then a look whether all is done.
///
/// A value without I/O: the executor carries an action out and tells how many rows it removed.
struct PruneSteps {
    /// What is to be done.
    enum Action: Equatable {
        /// Remove at most so many rows.
        case remove(PrunableTable, limit: Int)
        /// Look whether nothing is left, and remember it; ``PruneSteps/found(left:)`` tells what is.
        case finish
        /// The budget is used up.
        case stop
    }

    private var tables = PrunableTable.allCases[...]
    private let batchSize: Int
    /// Rows that may still be removed.
    private var budget: Int
    private var looks = 0
    /// What was removed so far.
    private(set) var removed: [PrunableTable: Int] = [:]

    /// Another process may be removing the same rows; after so many looks it is left to it.
    static let maximumLooks = 3

    /// Steps with batches of `batchSize` rows and at most `budget` rows in all.
    init(batchSize: Int, budget: Int) {
        self.batchSize = max(batchSize, 1)
        self.budget = budget
    }

    /// The next thing to do.
    var next: Action {
        guard let table = tables.first else { return looks < Self.maximumLooks ? .finish : .stop }
        return budget > 0 ? .remove(table, limit: min(limit(of: table), budget)) : .stop
    }

    /// The text of a scan's coverage is as large as many rows.
    private func limit(of table: PrunableTable) -> Int {
        table == .scanCoverage ? max(batchSize / 50, 1) : batchSize
    }

    /// A batch is committed.
    mutating func removed(_ rows: Int, of table: PrunableTable, limit: Int) {
        if rows > 0 { removed[table, default: 0] += rows }
        budget -= rows
        if rows < limit { tables = tables.drop { $0 == table } }
    }

    /// The last look found rows of these tables.
    mutating func found(left: [PrunableTable]) {
        looks += 1
        tables = left[...]
    }
}
