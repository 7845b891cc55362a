/// What a database is and how far its schema has come.
public struct DatabaseStatus: Sendable, Hashable {
    /// Where it is, without a password.
    public var place: String
    /// The program behind it, as in `PostgreSQL 15`.
    public var server: String
    /// The newest step of the schema that was applied; 0 when the database is not prepared.
    public var version: Int64
    /// The newest step that this program knows.
    public var newest: Int64
    /// Whether every step is this program's.
    public var isCurrent: Bool
}
