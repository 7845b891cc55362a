extension CELValue {
    /// The type as far as the value itself tells; elements of lists and maps are `dyn`.
    public var type: CELType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .list(.dyn)
        case .map: .map(.dyn, .dyn)
        case .timestamp: .timestamp
        case .duration: .duration
        case .ip: .ip
        case .cidr: .cidr
        case .optional: .optional(.dyn)
        case .type: .type
        case .failure: .dyn
        }
    }
}
