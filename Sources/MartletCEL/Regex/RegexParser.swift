/// Reads the syntax of RE2, without scripts (`\p{Greek}`) and `\C`.
struct RegexParser {
    var rest: ArraySlice<Unicode.Scalar>
    private var depth = 0
    private var flags = Flags()
    /// What reading has cost so far: characters of classes whose other case was looked up, and ranges put together.
    private(set) var work = 0

    private struct Flags {
        var ignoresCase = false
        var dotTakesNewline = false
        var hasLines = false
    }

    static let maximumDepth = 50
    static let maximumCount = 1_000

    init(_ pattern: String) { rest = Array(pattern.unicodeScalars)[...] }

    static func error(_ message: String) -> CELFault { CELFault(.value, "regular expression: " + message) }

    mutating func parse() throws(CELFault) -> RegexSyntax {
        let syntax = try choice()
        guard rest.isEmpty else { throw RegexParser.error("a ) closes nothing") }
        return syntax
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func choice() throws(CELFault) -> RegexSyntax {
        var options = [try sequence()]
        while take("|") { options.append(try sequence()) }
        return options.count == 1 ? options[0] : .choice(options)
    }

    private mutating func sequence() throws(CELFault) -> RegexSyntax {
        var parts: [RegexSyntax] = []
        while let scalar = rest.first, scalar != "|", scalar != ")" {
            if let quoted = quotedText() {
                for scalar in quoted.dropLast() { parts.append(.one(folded(RegexClass(scalar)))) }
                if let last = quoted.last { parts.append(try repetition(of: .one(folded(RegexClass(last))))) }
                continue
            }
            guard let atom = try atom() else { continue }
            parts.append(try repetition(of: atom))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    /// `\Q…\E`; nil when none begins here.
    private mutating func quotedText() -> [Unicode.Scalar]? {
        guard rest.starts(with: ["\\", "Q"] as [Unicode.Scalar]) else { return nil }
        rest = rest.dropFirst(2)
        var text: [Unicode.Scalar] = []
        while let scalar = rest.popFirst() {
            if scalar == "\\", rest.first == "E" {
                rest.removeFirst()
                break
            }
            text.append(scalar)
        }
        return text
    }

    private mutating func folded(_ set: RegexClass) -> RegexClass {
        pay(set.ranges.count)
        guard flags.ignoresCase else { return set }
        pay(set.ranges.reduce(0) { $0 + min($1.count, RegexClass.foldedCount) } * 4)
        return set.caseFolded
    }

    mutating func pay(_ count: Int) { work = work.addingWeight(count) }

    /// Nil for a group that only sets flags.
    private mutating func atom() throws(CELFault) -> RegexSyntax? {
        guard let scalar = rest.popFirst() else { return .empty }
        switch scalar {
        case "(": return try group()
        case "[": return .one(folded(try bracketed()))
        case ".": return .one(flags.dotTakesNewline ? .all : .allButNewline)
        case "^": return .assertion(flags.hasLines ? .lineStart : .textStart)
        case "$": return .assertion(flags.hasLines ? .lineEnd : .textEnd)
        case "*", "+", "?": throw RegexParser.error("\(scalar) has nothing to repeat")
        case "\\": return try escape()
        default: return .one(folded(RegexClass(scalar)))
        }
    }

    private mutating func escape() throws(CELFault) -> RegexSyntax {
        switch rest.first {
        case "A": rest.removeFirst(); return .assertion(.textStart)
        case "z": rest.removeFirst(); return .assertion(.textEnd)
        case "b": rest.removeFirst(); return .assertion(.wordBoundary)
        case "B": rest.removeFirst(); return .assertion(.noWordBoundary)
        default:
            if let set = try escapedClass() { return .one(folded(set)) }
            return .one(folded(RegexClass(try escapedScalar())))
        }
    }

    // MARK: Groups

    private mutating func group() throws(CELFault) -> RegexSyntax? {
        guard depth < RegexParser.maximumDepth else {
            throw CELFault(.limit, "regular expression: nested more than \(RegexParser.maximumDepth) deep")
        }
        depth += 1
        defer { depth -= 1 }
        let outer = flags
        if take("?") {
            if take("P") || rest.first == "<" {
                guard take("<"), try name() else { throw RegexParser.error("expected (?P<name>…)") }
            } else if try !flagsOnly() {
                // The flags hold to the end of the group around.
                return nil
            }
        }
        let inner = try choice()
        guard take(")") else { throw RegexParser.error("a ( is not closed") }
        flags = outer
        return inner
    }

    private mutating func name() throws(CELFault) -> Bool {
        let name = rest.prefix { $0.value < 0x80 && (UInt8($0.value).isNameStart || UInt8($0.value).isDigit) }
        rest = rest.dropFirst(name.count)
        return !name.isEmpty && take(">")
    }

    /// Reads `i`, `m`, `s`, `U` and `-`. True when a group follows after `:`, false when the parentheses are closed.
    private mutating func flagsOnly() throws(CELFault) -> Bool {
        var value = true
        while let scalar = rest.popFirst() {
            switch scalar {
            case "i": flags.ignoresCase = value
            case "m": flags.hasLines = value
            case "s": flags.dotTakesNewline = value
            case "U": break
            case "-": value = false
            case ":": return true
            case ")": return false
            default:
                throw RegexParser.error("(?\(scalar) does not exist; there is neither look-around nor back-reference")
            }
        }
        throw RegexParser.error("a ( is not closed")
    }

    // MARK: Repetition

    private mutating func repetition(of atom: RegexSyntax) throws(CELFault) -> RegexSyntax {
        var result = atom
        var isRepeated = false
        while let (least, most) = try counts() {
            guard !isRepeated else { throw RegexParser.error("a repetition follows a repetition; use a group") }
            isRepeated = true
            // Greedy or not is the same here.
            _ = take("?")
            result = .repeated(result, least: least, most: most)
        }
        return result
    }

    private mutating func counts() throws(CELFault) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard rest.first == "{" else { return nil }
        let start = rest
        rest.removeFirst()
        guard let least = number() else { return literal(start) }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else { return literal(start) }
        guard least <= RegexParser.maximumCount, most ?? 0 <= RegexParser.maximumCount, most ?? least >= least else {
            throw RegexParser.error(
                "a repetition is from {0} to {\(RegexParser.maximumCount)}, the smaller number first")
        }
        return (least, most)
    }

    /// A brace that begins no repetition is an ordinary character.
    private mutating func literal(_ start: ArraySlice<Unicode.Scalar>) -> (Int, Int?)? {
        rest = start
        return nil
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0.value) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
    }
}
