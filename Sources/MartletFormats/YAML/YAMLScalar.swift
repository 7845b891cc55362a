import MartletCore

/// The types of scalars by YAML 1.2's core schema (chapter 10.3 of its specification).
enum YAMLScalar {
    private static let prefix = "tag:yaml.org,2002:"

    /// The value of a scalar; nil when its tag is not one of the core schema's or does not fit the text.
    static func resolve(_ text: String, plain: Bool, tag: String?) -> MarkedNode.Value? {
        guard let tag else { return plain ? implicit(text) : .string(text) }
        if tag == "!" { return .string(text) }
        guard tag.hasPrefix(prefix) else { return nil }
        switch tag.dropFirst(prefix.count) {
        case "str": return .string(text)
        case "null":
            if case .null = implicit(text) { return .null }
        case "bool":
            if case .bool(let value) = implicit(text) { return .bool(value) }
        case "int":
            if case .int(let value) = implicit(text) { return .int(value) }
        case "float":
            switch implicit(text) {
            case .int(let value): return .double(Double(value))
            case .double(let value): return .double(value)
            default: break
            }
        default: break
        }
        return nil
    }

    private static func implicit(_ text: String) -> MarkedNode.Value {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".nan", ".NaN", ".NAN": return .double(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
        default: return number(text) ?? .string(text)
        }
    }

    private static func number(_ text: String) -> MarkedNode.Value? {
        let utf8 = Array(text.utf8.prefix(400))
        // No number needs more digits, and text of any length must not be scanned for one.
        guard let first = utf8.first, utf8.count < 400, first < 0x3A else { return nil }
        if text.hasPrefix("0o") { return radix(text.dropFirst(2), 8) }
        if text.hasPrefix("0x") { return radix(text.dropFirst(2), 16) }
        var rest = utf8[...]
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = digits(&rest)
        if whole > 0 && rest.isEmpty {
            return Int64(text).map { .int($0) } ?? Double(text).map { .double($0) }
        }
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = digits(&rest)
        }
        guard whole + fraction > 0 else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard digits(&rest) > 0 else { return nil }
        }
        return rest.isEmpty ? Double(text).map { .double($0) } : nil
    }

    private static func radix(_ digits: Substring, _ radix: Int) -> MarkedNode.Value? {
        // Int64 would also take a sign after the prefix.
        guard let first = digits.first, first != "-", first != "+" else { return nil }
        return Int64(digits, radix: radix).map { .int($0) }
    }

    /// Removes leading digits and says how many there were.
    private static func digits(_ rest: inout ArraySlice<UInt8>) -> Int {
        let before = rest.count
        rest = rest.drop { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return before - rest.count
    }
}
