extension MathFunctions {
    private static let pair: [CELFunction.Signature] = [.init([.int, .int], .int), .init([.uint, .uint], .uint)]
    private static let shift: [CELFunction.Signature] = [.init([.int, .int], .int), .init([.uint, .int], .uint)]

    /// Functions of the bits of whole numbers.
    static let bits: [CELFunction] = [
        CELFunction("math.bitAnd", .global, pair, .two(bitAnd)),
        CELFunction("math.bitOr", .global, pair, .two(bitOr)),
        CELFunction("math.bitXor", .global, pair, .two(bitXor)),
        CELFunction("math.bitNot", .global, [.init([.int], .int), .init([.uint], .uint)], .one(bitNot)),
        CELFunction("math.bitShiftLeft", .global, shift, .two(bitShiftLeft)),
        CELFunction("math.bitShiftRight", .global, shift, .two(bitShiftRight)),
    ]

    private static func joined(
        _ left: CELValue, _ right: CELValue, _ operation: (UInt64, UInt64) -> UInt64
    ) throws(CELFault) -> CELValue {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            return .int(Int64(bitPattern: operation(UInt64(bitPattern: left), UInt64(bitPattern: right))))
        case (.uint(let left), .uint(let right)): return .uint(operation(left, right))
        default: throw CELFault.noOverload
        }
    }

    private static func bitAnd(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { try joined(left, right, &) }

    private static func bitOr(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { try joined(left, right, |) }

    private static func bitXor(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { try joined(left, right, ^) }

    private static func bitNot(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .int(let number): return .int(~number)
        case .uint(let number): return .uint(~number)
        default: throw CELFault.noOverload
        }
    }

    private static func bitShiftLeft(
        _ value: CELValue, _ count: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { try shifted(value, count) { bits, count in bits << count } }

    /// Zeros come from the left, for negative numbers as well.
    private static func bitShiftRight(
        _ value: CELValue, _ count: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { try shifted(value, count) { bits, count in bits >> count } }

    private static func shifted(
        _ value: CELValue, _ count: CELValue, _ operation: (UInt64, UInt64) -> UInt64
    ) throws(CELFault) -> CELValue {
        guard case .int(let count) = count else { throw CELFault.noOverload }
        guard count >= 0 else { throw CELFault(.value, "negative offset: \(count)") }
        // Shifted by 64 or more nothing is left.
        let distance = UInt64(min(count, 64))
        switch value {
        case .int(let number): return .int(Int64(bitPattern: operation(UInt64(bitPattern: number), distance)))
        case .uint(let number): return .uint(operation(number, distance))
        default: throw CELFault.noOverload
        }
    }
}
