import MartletCore

/// A value bound to a statement's placeholder.
public enum Value: Sendable {
    case null
    case int(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
    case hash(ContentHash)
    /// Whole numbers to compare a column with (``Dialect/isAmong(_:_:)``); no column's value.
    case numbers([Int64])

    /// An integer, or null.
    public static func optional(_ value: Int64?) -> Value { value.map(Value.int) ?? .null }
    /// A text, or null.
    public static func optional(_ value: String?) -> Value { value.map(Value.text) ?? .null }
    /// A moment in milliseconds, or null.
    public static func optional(_ value: Timestamp?) -> Value { value.map { .int($0.milliseconds) } ?? .null }
    /// A moment in milliseconds.
    public static func time(_ value: Timestamp) -> Value { .int(value.milliseconds) }
    /// 1 or 0.
    public static func bool(_ value: Bool) -> Value { .int(value ? 1 : 0) }
}
