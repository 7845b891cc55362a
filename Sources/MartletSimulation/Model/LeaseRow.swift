/// A lease as the database has it.
struct LeaseRow: Hashable {
    var token: Int64
    var worker: Int
    /// The process, among those that the worker has had.
    var incarnation: Int
    /// Of the database's clock, in milliseconds.
    var expiresAt: Int64
}
