/// What a session remembers of a transaction that it is about to commit.
struct PostgresReceipt: Sendable {
    /// Random, for the life of the session.
    let session: Int64
    /// Grows from transaction to transaction of the session.
    let number: Int64
    /// The server's number of the transaction.
    var transaction = ""
    /// Whether a row of the transaction tells of it; migrations alone have none.
    var isWritten = false
}
