extension CELValue {
    /// The value of a field. Of an optional it is an optional.
    func field(_ key: String, _ offset: Int32) throws(CELFault) -> CELValue {
        switch self {
        case .map(let map):
            if let value = map[key] { return try value.read(offset) }
            throw CELFault(.missing, "there is no field '\(key)'", offset: Int(offset))
        case .optional: return .optional(try optionalField(key, offset))
        case .failure(let reason): throw CELFault(.given, reason, offset: Int(offset))
        default: throw CELFault(.type, "\(type.name) has no fields, so there is no '\(key)'", offset: Int(offset))
        }
    }

    /// The value of a field if it is there.
    func optionalField(_ key: String, _ offset: Int32) throws(CELFault) -> CELOptional {
        switch self {
        case .map(let map):
            guard let value = map[key] else { return .none }
            return CELOptional(try value.read(offset))
        case .optional(let optional):
            guard let value = optional.value else { return .none }
            return try value.optionalField(key, offset)
        case .failure(let reason): throw CELFault(.given, reason, offset: Int(offset))
        default: throw CELFault(.type, "\(type.name) has no fields, so there is no '\(key)'", offset: Int(offset))
        }
    }

    /// The element or entry at an index. Of an optional it is an optional.
    func element(_ index: CELValue, _ offset: Int32) throws(CELFault) -> CELValue {
        switch self {
        case .list(let list):
            guard let position = index.wholeNumber else {
                throw CELFault(.type, "a list has no element at a \(index.type.name)", offset: Int(offset))
            }
            guard list.elements.indices.contains(position) else {
                throw CELFault(
                    .missing, "there is no element \(position) in a list of \(list.count)", offset: Int(offset))
            }
            return try list.elements[position].read(offset)
        case .map(let map):
            if let value = map[index] { return try value.read(offset) }
            throw CELFault(.missing, "there is no key \(index.keyText)", offset: Int(offset))
        case .optional: return .optional(try optionalElement(index, offset))
        case .failure(let reason): throw CELFault(.given, reason, offset: Int(offset))
        default: throw CELFault(.type, "\(type.name) has no elements", offset: Int(offset))
        }
    }

    /// The element or entry at an index if it is there.
    func optionalElement(_ index: CELValue, _ offset: Int32) throws(CELFault) -> CELOptional {
        switch self {
        case .list(let list):
            guard let position = index.wholeNumber else {
                throw CELFault(.type, "a list has no element at a \(index.type.name)", offset: Int(offset))
            }
            guard list.elements.indices.contains(position) else { return .none }
            return CELOptional(try list.elements[position].read(offset))
        case .map(let map):
            guard let value = map[index] else { return .none }
            return CELOptional(try value.read(offset))
        case .optional(let optional):
            guard let value = optional.value else { return .none }
            return try value.optionalElement(index, offset)
        case .failure(let reason): throw CELFault(.given, reason, offset: Int(offset))
        default: throw CELFault(.type, "\(type.name) has no elements", offset: Int(offset))
        }
    }

    /// A number without a fraction that can be a position; nil for anything else.
    var wholeNumber: Int? {
        switch self {
        case .int(let number): Int(number)
        case .uint(let number): Int(exactly: number) ?? .max
        case .double(let number): Int(exactly: number)
        default: nil
        }
    }

    /// A key as an error shows it.
    private var keyText: String {
        switch self {
        case .string(let text): "'\(text.prefix(100))'"
        case .int(let number): "\(number)"
        case .uint(let number): "\(number)u"
        case .double(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        default: "of type \(type.name)"
        }
    }
}
