import MartletStore

/// A connection that sends recorded statements as they are, with nothing in between.
protocol RawClient: AnyObject {
    /// Begins a transaction.
    func begin(_ scope: DatabaseScope, isReadOnly: Bool) throws
    /// Runs one statement; rows as texts, null as the empty one.
    func run(_ statement: RecordedTransaction.Statement) throws -> [[String]]
    /// Ends the transaction.
    func commit() throws
}
