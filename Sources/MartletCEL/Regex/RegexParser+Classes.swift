extension RegexParser {
    /// `[…]` after its opening bracket.
    mutating func bracketed() throws(CELFault) -> RegexClass {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while true {
            guard let scalar = rest.first else { throw RegexParser.error("a [ is not closed") }
            if scalar == "]", !isFirst { break }
            isFirst = false
            if let set = try posixClass() {
                ranges += set.ranges
                continue
            }
            rest.removeFirst()
            if scalar == "\\", let set = try escapedClass() {
                ranges += set.ranges
                continue
            }
            let low = scalar == "\\" ? try escapedScalar() : scalar
            guard rest.first == "-", rest.dropFirst().first != "]", rest.count > 1 else {
                ranges.append(low.value...low.value)
                continue
            }
            rest.removeFirst()
            guard let next = rest.popFirst() else { throw RegexParser.error("a [ is not closed") }
            let high = next == "\\" ? try escapedScalar() : next
            guard low <= high else { throw RegexParser.error("a range in brackets runs backwards") }
            ranges.append(low.value...high.value)
        }
        rest.removeFirst()
        pay(ranges.count * 8)
        let set = RegexClass(ranges)
        return isNegated ? set.inverted : set
    }

    /// `[:name:]`; nil when none begins here.
    private mutating func posixClass() throws(CELFault) -> RegexClass? {
        guard rest.starts(with: ["[", ":"] as [Unicode.Scalar]) else { return nil }
        let isNegated = rest.dropFirst(2).first == "^"
        let name = rest.dropFirst(isNegated ? 3 : 2).prefix { $0 >= "a" && $0 <= "z" }
        let end = rest.dropFirst((isNegated ? 3 : 2) + name.count)
        guard end.starts(with: [":", "]"] as [Unicode.Scalar]) else { return nil }
        guard let set = RegexClass.posix(TextFunctions.text(name)) else {
            throw RegexParser.error("[:\(TextFunctions.text(name)):] does not exist")
        }
        rest = end.dropFirst(2)
        return isNegated ? set.inverted : set
    }

    /// `\d`, `\w`, `\s`, `\pL`, `\p{Lu}` and their opposites, after the backslash; nil when it is another escape.
    mutating func escapedClass() throws(CELFault) -> RegexClass? {
        guard let kind = rest.first else { throw RegexParser.error("it ends with a backslash") }
        let set: RegexClass
        switch kind {
        case "d", "D": set = .digits
        case "s", "S": set = .spaces
        case "w", "W": set = .words
        case "p", "P":
            rest.removeFirst()
            let found = try category()
            return kind == "P" ? found.inverted : found
        default: return nil
        }
        rest.removeFirst()
        return kind.value < 0x61 ? set.inverted : set
    }

    private mutating func category() throws(CELFault) -> RegexClass {
        var name = ""
        var isNegated = false
        if take("{") {
            isNegated = take("^")
            let letters = rest.prefix { $0 != "}" }
            name = TextFunctions.text(letters.prefix(20))
            rest = rest.dropFirst(letters.count)
            guard take("}") else { throw RegexParser.error("\\p{ is not closed") }
        } else if let letter = rest.popFirst() {
            name = String(Character(letter))
        }
        guard let set = RegexClass.category(name) else {
            throw RegexParser.error(
                "\\p{\(name)} does not exist; general categories such as L or Lu do, scripts do not")
        }
        return isNegated ? set.inverted : set
    }

    /// The character that an escape stands for, after the backslash.
    mutating func escapedScalar() throws(CELFault) -> Unicode.Scalar {
        guard let kind = rest.popFirst() else { throw RegexParser.error("it ends with a backslash") }
        switch kind {
        case "a": return "\u{07}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{0B}"
        case "x": return try hexadecimal()
        case "0"..."7": return try octal(kind)
        default:
            guard kind.value >= 0x80 || !(UInt8(kind.value).isNameStart || UInt8(kind.value).isDigit) || kind == "_"
            else {
                throw RegexParser.error("\\\(kind) does not exist")
            }
            return kind
        }
    }

    private mutating func hexadecimal() throws(CELFault) -> Unicode.Scalar {
        let isBraced = take("{")
        let digits = rest.prefix(isBraced ? 8 : 2).prefix { $0.value < 0x80 && UInt8($0.value).hexValue != nil }
        rest = rest.dropFirst(digits.count)
        let isComplete = isBraced ? !digits.isEmpty && take("}") : digits.count == 2
        guard isComplete, let value = UInt32(TextFunctions.text(digits), radix: 16), let scalar = Unicode.Scalar(value)
        else { throw RegexParser.error("expected \\x41 or \\x{10FFFF}") }
        return scalar
    }

    /// Up to three digits. One digit other than 0 alone would be a back-reference.
    private mutating func octal(_ first: Unicode.Scalar) throws(CELFault) -> Unicode.Scalar {
        let more = rest.prefix(2).prefix { ("0"..."7").contains($0) }
        guard first == "0" || !more.isEmpty else { throw RegexParser.error("there are no back-references") }
        rest = rest.dropFirst(more.count)
        let value = more.reduce(first.value - 0x30) { $0 * 8 + $1.value - 0x30 }
        guard let scalar = Unicode.Scalar(value) else { throw RegexParser.error("\\\(first) names no character") }
        return scalar
    }
}
