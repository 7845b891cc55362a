import MartletCore

/// What kind of value a check's parameter takes.
public enum CheckParameterType: String, Sendable, Hashable, CaseIterable {
    case bool
    /// A whole number.
    case int
    /// Any number.
    case double
    case string
    /// A list of texts.
    case strings
    /// A list of whole numbers.
    case ints

    /// The value in this type; nil when it has another.
    func accept(_ value: JSONValue) -> JSONValue? {
        switch self {
        case .bool: value.boolValue.map { .bool($0) }
        case .int: value.intValue.map { .int($0) }
        case .double: value.doubleValue.map { .double($0) }
        case .string: value.stringValue.map { .string($0) }
        case .strings: Self.list(value) { $0.stringValue.map { .string($0) } }
        case .ints: Self.list(value) { $0.intValue.map { .int($0) } }
        }
    }

    private static func list(_ value: JSONValue, _ accept: (JSONValue) -> JSONValue?) -> JSONValue? {
        guard let elements = value.arrayValue else { return nil }
        let accepted = elements.compactMap(accept)
        return accepted.count == elements.count ? .array(accepted) : nil
    }

    /// The type in words, for errors.
    var words: String {
        switch self {
        case .bool: "true or false"
        case .int: "a whole number"
        case .double: "a number"
        case .string: "text"
        case .strings: "a list of texts"
        case .ints: "a list of whole numbers"
        }
    }
}
