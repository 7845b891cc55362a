/// A value of the Common Expression Language, immutable and shared without copying.
///
/// `==` is the language's equality: numbers compare by value whatever their kind, text by code points (nothing is
/// normalised), not-a-number equals nothing, and values of different kinds are different.
public enum CELValue: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A signed whole number of 64 bits.
    case int(Int64)
    /// An unsigned whole number of 64 bits.
    case uint(UInt64)
    /// A binary floating-point number of 64 bits, infinities and not-a-number included.
    case double(Double)
    /// Text.
    case string(String)
    /// Bytes.
    case bytes([UInt8])
    /// A list.
    case list(CELList)
    /// A map, which is also how JSON objects appear.
    case map(CELMap)
    /// A moment in time.
    case timestamp(CELTimestamp)
    /// A span of time.
    case duration(CELDuration)
    /// An IP address.
    case ip(CELAddress)
    /// A network: an address and the length of its prefix.
    case cidr(CELNetwork)
    /// A value that may be absent.
    case optional(CELOptional)
    /// A type as a value, by its name: `int`, `google.protobuf.Timestamp`, `net.IP`.
    case type(String)
    /// Something that could not be had, a call that was refused for example, and why. To read it is an error of kind
    /// ``CELFailure/Kind/given``: as a variable, a field (also an optional one, and for `has`), an element, the variable of
    /// a macro, and where a function or comparison looks into the list or map around it.
    case failure(String)
}
