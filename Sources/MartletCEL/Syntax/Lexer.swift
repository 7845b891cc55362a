/// Cuts a source into tokens.
struct Lexer {
    let source: [UInt8]
    var position = 0

    init(_ source: [UInt8]) { self.source = source }

    /// All tokens, the last of which is the end.
    mutating func tokens() throws(CELError) -> [Token] {
        var tokens: [Token] = []
        while true {
            let token = try next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    func error(_ message: String, at offset: Int? = nil) -> CELError {
        CELError(.syntax, message, place: CELPlace(offset: offset ?? position, in: source))
    }

    func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < source.count ? source[position + ahead] : nil
    }

    private mutating func next() throws(CELError) -> Token {
        skipSpace()
        let start = position
        return Token(kind: try kind(), offset: Int32(truncatingIfNeeded: start))
    }

    private mutating func kind() throws(CELError) -> Token.Kind {
        guard let byte = peek() else { return .end }
        if byte.isDigit || byte == UInt8(ascii: ".") && peek(1)?.isDigit == true { return try number() }
        if byte.isNameStart { return try word() }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .literal(.string(try text(isRaw: false)))
        case UInt8(ascii: "`"): return try quotedName()
        default: return try symbol()
        }
    }

    private mutating func skipSpace() {
        while let byte = peek() {
            if byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B {
                position += 1
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
                while peek() != nil, peek() != 0x0A { position += 1 }
            } else {
                return
            }
        }
    }

    private mutating func word() throws(CELError) -> Token.Kind {
        if let literal = try prefixedText() { return .literal(literal) }
        let start = position
        while let byte = peek(), byte.isNameStart || byte.isDigit { position += 1 }
        let name = String(decoding: source[start..<position], as: UTF8.self)
        switch name {
        case "true": return .literal(.bool(true))
        case "false": return .literal(.bool(false))
        case "null": return .literal(.null)
        default: return .identifier(name)
        }
    }

    private mutating func quotedName() throws(CELError) -> Token.Kind {
        let start = position
        position += 1
        while let byte = peek(), byte != UInt8(ascii: "`") {
            guard byte.isNameStart || byte.isDigit || "_.-/ ".utf8.contains(byte) else {
                throw error("a name in back quotes has letters, digits, and _ . - / or a space")
            }
            position += 1
        }
        guard peek() != nil else { throw error("the name has no closing back quote", at: start) }
        let name = String(decoding: source[start + 1..<position], as: UTF8.self)
        guard !name.isEmpty else { throw error("the name is empty", at: start) }
        position += 1
        return .quotedIdentifier(name)
    }

    private mutating func symbol() throws(CELError) -> Token.Kind {
        for length in [2, 1] where position + length <= source.count {
            let text = String(decoding: source[position..<position + length], as: UTF8.self)
            if let symbol = Token.Symbol(rawValue: text) {
                position += length
                return .symbol(symbol)
            }
        }
        throw error("this character means nothing here")
    }
}

extension UInt8 {
    /// `0` to `9`.
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// A letter or `_`.
    var isNameStart: Bool {
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") || self == UInt8(ascii: "_")
    }

    /// The value of a hexadecimal digit; nil for anything else.
    var hexValue: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
