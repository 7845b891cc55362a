extension CELType: CustomStringConvertible {
    /// The name in the language, `list(string)` for example.
    public var description: String {
        switch self {
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .optional(let value): "optional_type(\(value))"
        default: name
        }
    }

    /// The name of the type as a value, without parameters.
    var name: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .list: "list"
        case .map: "map"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .ip: "net.IP"
        case .cidr: "net.CIDR"
        case .optional: "optional_type"
        case .type: "type"
        }
    }

    /// The types that can be named in an expression; `dyn` is not among them.
    static let named: Set<String> = Set(
        [
            CELType.null, .bool, .int, .uint, .double, .string, .bytes, .list(.dyn), .map(.dyn, .dyn), .timestamp,
            .duration, .ip, .cidr, .optional(.dyn), .type,
        ].map(\.name))

    /// Whether a value of this type may turn out to be one of the other.
    func mayBe(_ other: CELType) -> Bool {
        switch (self, other) {
        case (.dyn, _), (_, .dyn): true
        case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)): left.mayBe(right)
        case (.map(let leftKey, let left), .map(let rightKey, let right)): leftKey.mayBe(rightKey) && left.mayBe(right)
        default: self == other
        }
    }

    /// The type of something that is one or the other.
    func joined(with other: CELType) -> CELType {
        if self == other { return self }
        switch (self, other) {
        case (.list(let left), .list(let right)): return .list(left.joined(with: right))
        case (.optional(let left), .optional(let right)): return .optional(left.joined(with: right))
        case (.map(let leftKey, let left), .map(let rightKey, let right)):
            return .map(leftKey.joined(with: rightKey), left.joined(with: right))
        default: return .dyn
        }
    }

    /// Whether the type is a number.
    var isNumeric: Bool { self == .int || self == .uint || self == .double }
}
