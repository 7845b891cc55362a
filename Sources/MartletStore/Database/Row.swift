import MartletCore

/// One row of a result, readable until the next one is fetched. Columns count from 0. A column of another type than
/// asked for reads as the nearest value of that type (0, the empty text), as the schema makes it impossible.
public protocol Row: AnyObject {
    /// Whether the column holds no value.
    func isNull(_ column: Int) -> Bool
    /// The column's integer; 0 when it is null.
    func int(_ column: Int) -> Int64
    /// The column's number; 0 when it is null.
    func real(_ column: Int) -> Double
    /// The column's text; empty when it is null.
    func text(_ column: Int) -> String
    /// The column's bytes; empty when it is null.
    func bytes(_ column: Int) -> [UInt8]
    /// The hash in a column of 16 bytes; all zero bytes when the column is null.
    func hash(_ column: Int) -> ContentHash
    /// The column's value in its own type.
    func value(_ column: Int) -> Value
}

extension Row {
    /// Nil for null.
    public func optionalInt(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }
    /// Nil for null.
    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    /// Nil for null.
    public func optionalTime(_ column: Int) -> Timestamp? {
        isNull(column) ? nil : Timestamp(milliseconds: int(column))
    }
    /// A moment kept in milliseconds.
    public func time(_ column: Int) -> Timestamp { Timestamp(milliseconds: int(column)) }
    /// A whole number that fits 32 bits by the schema.
    public func int32(_ column: Int) -> Int32 { Int32(truncatingIfNeeded: int(column)) }
}
