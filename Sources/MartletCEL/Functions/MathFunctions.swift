/// Functions of numbers.
enum MathFunctions {
    private static let fraction: [CELFunction.Signature] = [.init([.double], .double)]
    private static let question: [CELFunction.Signature] = [.init([.double], .bool)]
    private static let number: [CELFunction.Signature] = [
        .init([.int], .int), .init([.uint], .uint), .init([.double], .double),
    ]
    private static let numbers: [CELFunction.Signature] =
        number.map { .init($0.arguments, .dyn) } + [.init([.list(.dyn)], .dyn)]

    static let all: [CELFunction] = [
        CELFunction("math.greatest", .global, numbers, .many(greatest)),
        CELFunction("math.least", .global, numbers, .many(least)),
        CELFunction("math.ceil", .global, fraction, .one(ceil)),
        CELFunction("math.floor", .global, fraction, .one(floor)),
        CELFunction("math.round", .global, fraction, .one(round)),
        CELFunction("math.trunc", .global, fraction, .one(trunc)),
        CELFunction("math.sqrt", .global, number.map { .init($0.arguments, .double) }, .one(sqrt)),
        CELFunction("math.abs", .global, number, .one(abs)),
        CELFunction("math.sign", .global, number, .one(sign)),
        CELFunction("math.isNaN", .global, question, .one(isNaN)),
        CELFunction("math.isInf", .global, question, .one(isInf)),
        CELFunction("math.isFinite", .global, question, .one(isFinite)),
    ]

    private static func double(_ value: CELValue) throws(CELFault) -> Double {
        guard case .double(let number) = value else { throw CELFault.noOverload }
        return number
    }

    private static func ceil(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .double(try double(value).rounded(.up))
    }

    private static func floor(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .double(try double(value).rounded(.down))
    }

    private static func round(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .double(try double(value).rounded(.toNearestOrAwayFromZero))
    }

    private static func trunc(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .double(try double(value).rounded(.towardZero))
    }

    private static func sqrt(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .double(let number): return .double(number.squareRoot())
        case .int(let number): return .double(Double(number).squareRoot())
        case .uint(let number): return .double(Double(number).squareRoot())
        default: throw CELFault.noOverload
        }
    }

    private static func isNaN(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .bool(try double(value).isNaN)
    }

    private static func isInf(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .bool(try double(value).isInfinite)
    }

    private static func isFinite(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .bool(try double(value).isFinite)
    }

    private static func abs(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .double(let number): return .double(number.magnitude)
        case .uint: return value
        case .int(let number):
            guard number != .min else { throw Arithmetic.outOfRange }
            return .int(Swift.abs(number))
        default: throw CELFault.noOverload
        }
    }

    private static func sign(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .int(let number): return .int(number.signum())
        case .uint(let number): return .uint(number == 0 ? 0 : 1)
        case .double(let number): return .double(number > 0 ? 1 : number < 0 ? -1 : number)
        default: throw CELFault.noOverload
        }
    }

    // MARK: The largest and the smallest

    private static func greatest(_ values: [CELValue], _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        try extreme(values, .descending, &budget)
    }

    private static func least(_ values: [CELValue], _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        try extreme(values, .ascending, &budget)
    }

    private static func extreme(
        _ values: [CELValue], _ wanted: CELOrder, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        var candidates = ContiguousArray(values)
        if values.count == 1, case .list(let list) = values[0] { candidates = list.elements }
        try budget.work(candidates.count)
        guard var best = candidates.first else { throw CELFault.noOverload }
        for candidate in candidates {
            guard candidate.type.isNumeric, let order = candidate.order(best) else { throw CELFault.noOverload }
            if order == wanted { best = candidate }
        }
        return best
    }
}
