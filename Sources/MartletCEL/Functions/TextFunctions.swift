/// Functions of text. Positions count code points.
enum TextFunctions {
    private static let condition: [CELFunction.Signature] = [.init([.string, .string], .bool)]

    static let all: [CELFunction] = [
        CELFunction("startsWith", .member, condition, .two(startsWith)),
        CELFunction("endsWith", .member, condition, .two(endsWith)),
        CELFunction("contains", .member, condition, .two(contains)),
        CELFunction("matches", .member, condition, .two(matches)),
        CELFunction("matches", .global, condition, .two(matches)),
        CELFunction("lowerAscii", .member, [.init([.string], .string)], .one(lowerAscii)),
        CELFunction("upperAscii", .member, [.init([.string], .string)], .one(upperAscii)),
        CELFunction("trim", .member, [.init([.string], .string)], .one(trim)),
        CELFunction("strings.quote", .global, [.init([.string], .string)], .one(quote)),
        CELFunction("format", .member, [.init([.string, .list(.dyn)], .string)], .two(TextFormat.format)),
        CELFunction("join", .member, [.init([.list(.string)], .string)], .one(joinPlain)),
        CELFunction("join", .member, [.init([.list(.string), .string], .string)], .two(join)),
    ]

    static func texts(_ left: CELValue, _ right: CELValue) throws(CELFault) -> (String, String) {
        guard case .string(let left) = left, case .string(let right) = right else { throw CELFault.noOverload }
        return (left, right)
    }

    private static func startsWith(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (text, part) = try texts(left, right)
        try budget.work(part.utf8.count >> 4)
        return .bool(text.utf8.starts(with: part.utf8))
    }

    private static func endsWith(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (text, part) = try texts(left, right)
        try budget.work(part.utf8.count >> 4)
        return .bool(part.utf8.count <= text.utf8.count && text.utf8.suffix(part.utf8.count).elementsEqual(part.utf8))
    }

    private static func contains(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (text, part) = try texts(left, right)
        return .bool(try TextSearch.first(Array(text.utf8), Array(part.utf8), from: 0, &budget) != nil)
    }

    private static func matches(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (text, pattern) = try texts(left, right)
        // A pattern from the data is compiled each time, and paid for each time.
        let regex = try Regex(pattern, limits: budget.limits)
        try budget.work(regex.cost)
        return .bool(try regex.matches(text, &budget))
    }

    private static func lowerAscii(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        try mapped(value, &budget) { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
    }

    private static func upperAscii(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        try mapped(value, &budget) { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") ? $0 & 0xDF : $0 }
    }

    private static func mapped(
        _ value: CELValue, _ budget: inout CELBudget, _ change: (UInt8) -> UInt8
    ) throws(CELFault) -> CELValue {
        guard case .string(let text) = value else { throw CELFault.noOverload }
        try budget.buildText(bytes: text.utf8.count)
        return .string(String(decoding: text.utf8.map(change), as: UTF8.self))
    }

    private static func trim(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .string(let text) = value else { throw CELFault.noOverload }
        try budget.buildText(bytes: text.utf8.count)
        let scalars = text.unicodeScalars
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return .string("") }
        return .string(String(scalars[first...last]))
    }

    private static let escapes: [Unicode.Scalar: String] = [
        "\u{07}": "\\a", "\u{08}": "\\b", "\u{0C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{0B}": "\\v",
        "\\": "\\\\", "\"": "\\\"",
    ]

    private static func quote(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .string(let text) = value else { throw CELFault.noOverload }
        try budget.buildText(bytes: text.utf8.count * 2)
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if let escape = escapes[scalar] { quoted += escape } else { quoted.unicodeScalars.append(scalar) }
        }
        return .string(quoted + "\"")
    }

    private static func joinPlain(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        try join(value, .string(""), &budget)
    }

    private static func join(
        _ list: CELValue, _ separator: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard case .list(let list) = list, case .string(let separator) = separator else { throw CELFault.noOverload }
        var joined = ""
        for (index, element) in list.elements.enumerated() {
            guard case .string(let text) = element else { throw CELFault.noOverload }
            try budget.buildText(bytes: text.utf8.count + separator.utf8.count)
            if index > 0 { joined += separator }
            joined += text
        }
        return .string(joined)
    }
}
