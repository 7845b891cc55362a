import Glibc

/// `"%s is %d".format([a, b])`.
enum TextFormat {
    static func format(
        _ pattern: CELValue, _ arguments: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard case .string(let pattern) = pattern, case .list(let list) = arguments else { throw CELFault.noOverload }
        var result = ""
        var rest = Array(pattern.unicodeScalars)[...]
        var next = 0
        try budget.buildText(bytes: pattern.utf8.count)
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            if rest.first == "%" {
                rest.removeFirst()
                result.append("%")
                continue
            }
            let precision = try precision(&rest)
            guard let clause = rest.popFirst() else { throw CELFault(.value, "the format ends after %") }
            guard next < list.count else {
                throw CELFault(.value, "index \(next) out of range of the format's arguments")
            }
            let text = try formatted(list.elements[next], clause, precision, &budget)
            try budget.buildText(bytes: text.utf8.count)
            result += text
            next += 1
        }
        return .string(result)
    }

    private static func precision(_ rest: inout ArraySlice<Unicode.Scalar>) throws(CELFault) -> Int? {
        guard rest.first == "." else { return nil }
        rest.removeFirst()
        let digits = rest.prefix { $0.value >= 0x30 && $0.value <= 0x39 }
        rest = rest.dropFirst(digits.count)
        guard let value = Int(TextFunctions.text(digits)), value <= 100 else {
            throw CELFault(.value, "the precision of a format is a number up to 100")
        }
        return value
    }

    private static func formatted(
        _ value: CELValue, _ clause: Unicode.Scalar, _ precision: Int?, _ budget: inout CELBudget
    ) throws(CELFault) -> String {
        switch clause {
        case "s": return try TextPrinter.text(value, &budget)
        case "d": return try decimal(value)
        case "f": return try fraction(value, "%.*f", precision)
        case "e": return try fraction(value, "%.*e", precision)
        case "b": return try binary(value)
        case "o": return try whole(value, radix: 8, "octal clause (%o)")
        case "x", "X":
            let text = try hexadecimal(value, &budget)
            return clause == "X" ? text.uppercased() : text
        default: throw CELFault(.value, "unrecognized formatting clause \"\(clause)\"")
        }
    }

    private static func wrong(_ value: CELValue, _ clause: String) -> CELFault {
        CELFault(.type, "\(clause) does not take a \(value.type.name)")
    }

    private static func decimal(_ value: CELValue) throws(CELFault) -> String {
        if case .double(let number) = value, !number.isFinite { return number.celText }
        return try whole(value, radix: 10, "decimal clause (%d)")
    }

    private static func whole(_ value: CELValue, radix: Int, _ clause: String) throws(CELFault) -> String {
        switch value {
        case .int(let number): return String(number, radix: radix)
        case .uint(let number): return String(number, radix: radix)
        default: throw wrong(value, clause)
        }
    }

    private static func binary(_ value: CELValue) throws(CELFault) -> String {
        if case .bool(let flag) = value { return flag ? "1" : "0" }
        return try whole(value, radix: 2, "binary clause (%b)")
    }

    private static func hexadecimal(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> String {
        let bytes: [UInt8]
        switch value {
        case .string(let text): bytes = Array(text.utf8)
        case .bytes(let content): bytes = content
        default: return try whole(value, radix: 16, "hexadecimal clause (%x)")
        }
        try budget.buildText(bytes: bytes.count * 2)
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func fraction(_ value: CELValue, _ format: String, _ precision: Int?) throws(CELFault) -> String {
        let number: Double
        switch value {
        case .double(let value): number = value
        case .int(let value): number = Double(value)
        case .uint(let value): number = Double(value)
        default: throw wrong(value, "floating-point clause")
        }
        guard number.isFinite else { return number.celText }
        // The largest number has 309 digits before the point, and the precision is at most 100.
        var buffer = [CChar](repeating: 0, count: 512)
        let count = withVaList([Int32(precision ?? 6), number]) { vsnprintf(&buffer, buffer.count, format, $0) }
        return String(decoding: buffer.prefix(max(0, Int(count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
