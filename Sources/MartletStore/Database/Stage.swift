/// A temporary table that carries a batch's rows into set-oriented statements. It exists on one connection only.
public struct Stage: Sendable, Hashable {
    /// A column's type on every database.
    public enum ColumnType: Sendable, Hashable { case int, real, text, bytes }

    /// A column of a stage.
    public struct Column: Sendable, Hashable {
        /// The name in statements: lower-case letters and `_`, never from outside.
        public var name: String
        /// What the column holds.
        public var type: ColumnType

        /// Makes a column; every column of a stage may be null.
        public init(_ name: String, _ type: ColumnType) {
            self.name = name
            self.type = type
        }
    }

    /// The name statements use.
    public var name: String
    /// In the order in which a loader takes their values.
    public var columns: [Column]

    /// Describes a stage; the table is made when a connection first loads it.
    public init(_ name: String, _ columns: [Column]) {
        self.name = name
        self.columns = columns
    }
}
