/// Conversions between kinds, and what is asked of every kind.
enum ConversionFunctions {
    static let all: [CELFunction] = [
        CELFunction("dyn", .global, [.init([.dyn], .dyn)], .one(identity)),
        CELFunction("type", .global, [.init([.dyn], .type)], .one(type)),
        CELFunction("size", .global, sizes, .one(size)),
        CELFunction("size", .member, sizes, .one(size)),
        CELFunction("int", .global, from([.int, .uint, .double, .string, .timestamp], .int), .one(int)),
        CELFunction("uint", .global, from([.int, .uint, .double, .string], .uint), .one(uint)),
        CELFunction("double", .global, from([.int, .uint, .double, .string], .double), .one(double)),
        CELFunction("bool", .global, from([.bool, .string], .bool), .one(bool)),
        CELFunction("bytes", .global, from([.bytes, .string], .bytes), .one(bytes)),
        CELFunction(
            "string", .global,
            from(
                [.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration, .ip, .cidr], .string),
            .one(string)),
    ]

    private static let sizes = from([.string, .bytes, .list(.dyn), .map(.dyn, .dyn)], .int)

    private static func from(_ types: [CELType], _ result: CELType) -> [CELFunction.Signature] {
        types.map { .init([$0], result) }
    }

    private static func identity(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue { value }

    private static func type(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .type(value.type.name)
    }

    private static func size(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .string(let text):
            try budget.work(text.utf8.count >> 4)
            return .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): return .int(Int64(bytes.count))
        case .list(let list): return .int(Int64(list.count))
        case .map(let map): return .int(Int64(map.count))
        default: throw CELFault.noOverload
        }
    }

    private static let outOfRange = CELFault(.value, "the number is out of range")

    private static func int(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .int: return value
        case .uint(let number):
            guard let whole = Int64(exactly: number) else { throw outOfRange }
            return .int(whole)
        case .double(let number):
            // The borders are excluded, since the double beside them stands for numbers out of range, too.
            guard number > -0x1p63, number < 0x1p63 else { throw outOfRange }
            return .int(Int64(number))
        case .string(let text):
            guard let whole = Int64(text) else { throw CELFault(.value, "the text is not a whole number") }
            return .int(whole)
        case .timestamp(let moment): return .int(moment.seconds)
        default: throw CELFault.noOverload
        }
    }

    private static func uint(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .uint: return value
        case .int(let number):
            guard let whole = UInt64(exactly: number) else { throw outOfRange }
            return .uint(whole)
        case .double(let number):
            guard number >= 0, number < 0x1p64 else { throw outOfRange }
            return .uint(UInt64(number))
        case .string(let text):
            guard let whole = UInt64(text) else { throw CELFault(.value, "the text is not a whole number") }
            return .uint(whole)
        default: throw CELFault.noOverload
        }
    }

    private static func double(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .double: return value
        case .int(let number): return .double(Double(number))
        case .uint(let number): return .double(Double(number))
        case .string(let text):
            guard let number = Double(text) else { throw CELFault(.value, "the text is not a number") }
            return .double(number)
        default: throw CELFault.noOverload
        }
    }

    private static func bool(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .bool: return value
        case .string(let text):
            switch text {
            case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
            default: throw CELFault(.value, "the text is neither true nor false")
            }
        default: throw CELFault.noOverload
        }
    }

    private static func bytes(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .bytes: return value
        case .string(let text):
            try budget.buildText(bytes: text.utf8.count)
            return .bytes(Array(text.utf8))
        default: throw CELFault.noOverload
        }
    }

    private static func string(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .string: return value
        case .bytes(let bytes):
            try budget.buildText(bytes: bytes.count)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw CELFault(.value, "the bytes are not valid UTF-8")
            }
            return .string(text)
        default:
            guard let text = value.scalarText else { throw CELFault.noOverload }
            try budget.buildText(bytes: text.utf8.count)
            return .string(text)
        }
    }
}
