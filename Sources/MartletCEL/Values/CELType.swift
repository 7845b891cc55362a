/// What is known of a value before the expression is evaluated.
public indirect enum CELType: Sendable, Hashable {
    /// Nothing is known: everything is checked when the expression is evaluated.
    case dyn
    /// `null`.
    case null
    /// A boolean.
    case bool
    /// A signed whole number.
    case int
    /// An unsigned whole number.
    case uint
    /// A floating-point number.
    case double
    /// Text.
    case string
    /// Bytes.
    case bytes
    /// A list whose elements are of one type.
    case list(CELType)
    /// A map whose keys and values are of one type each.
    case map(CELType, CELType)
    /// A moment.
    case timestamp
    /// A span of time.
    case duration
    /// An IP address.
    case ip
    /// A network.
    case cidr
    /// A value that may be absent.
    case optional(CELType)
    /// A type as a value.
    case type
}
