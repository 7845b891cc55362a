/// Values that may be absent.
enum OptionalFunctions {
    private static let optional = CELType.optional(.dyn)

    static let all: [CELFunction] = [
        CELFunction("optional.of", .global, [.init([.dyn], optional)], .one(of)),
        CELFunction("optional.ofNonZeroValue", .global, [.init([.dyn], optional)], .one(ofNonZeroValue)),
        CELFunction("optional.none", .global, [.init([], optional)], .none(none)),
        CELFunction("hasValue", .member, [.init([optional], .bool)], .one(hasValue)),
        CELFunction("value", .member, [.init([optional], .dyn)], .one(value)),
        CELFunction("or", .member, [.init([optional, optional], optional)], .two(or)),
        CELFunction("orValue", .member, [.init([optional, .dyn], .dyn)], .two(orValue)),
    ]

    private static func of(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        try budget.build(1)
        return .optional(CELOptional(value))
    }

    private static func ofNonZeroValue(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        try budget.build(1)
        return .optional(value.isZero ? .none : CELOptional(value))
    }

    private static func none(_ budget: inout CELBudget) throws(CELFault) -> CELValue { .optional(.none) }

    private static func unwrap(_ value: CELValue) throws(CELFault) -> CELOptional {
        guard case .optional(let optional) = value else { throw CELFault.noOverload }
        return optional
    }

    private static func hasValue(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .bool(try unwrap(value).value != nil)
    }

    private static func value(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard let value = try unwrap(value).value else { throw CELFault(.missing, "the optional has no value") }
        return value
    }

    private static func or(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        _ = try unwrap(right)
        return try unwrap(left).value == nil ? right : left
    }

    private static func orValue(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        try unwrap(left).value ?? right
    }
}

extension CELValue {
    /// Whether it is the value that a field has when nobody set it: 0, false, "", an empty list.
    fileprivate var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let flag): !flag
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .double(let number): number == 0
        case .string(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        case .list(let list): list.count == 0
        case .map(let map): map.count == 0
        case .duration(let span): span.nanoseconds == 0
        case .timestamp(let moment): moment.seconds == 0 && moment.nanoseconds == 0
        case .optional(let optional): optional.value == nil
        case .ip, .cidr, .type, .failure: false
        }
    }
}
