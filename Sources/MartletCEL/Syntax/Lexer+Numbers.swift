extension Lexer {
    /// A number: `12`, `12u`, `0x1F`, `1.5`, `.5`, `1e-3`.
    mutating func number() throws(CELError) -> Token.Kind {
        let start = position
        if peek() == UInt8(ascii: "0"), let mark = peek(1), mark | 0x20 == UInt8(ascii: "x") {
            position += 2
            let digits = position
            while let byte = peek(), byte.hexValue != nil { position += 1 }
            guard position > digits else { throw error("expected hexadecimal digits after 0x") }
            return try whole(String(decoding: source[digits..<position], as: UTF8.self), radix: 16, start: start)
        }
        skipDigits()
        var isFraction = false
        if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true {
            isFraction = true
            position += 1
            skipDigits()
        }
        if let mark = peek(), mark | 0x20 == UInt8(ascii: "e") {
            let hasSign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
            if peek(hasSign ? 2 : 1)?.isDigit == true {
                isFraction = true
                position += hasSign ? 2 : 1
                skipDigits()
            }
        }
        let text = String(decoding: source[start..<position], as: UTF8.self)
        guard isFraction else { return try whole(text, radix: 10, start: start) }
        try endNumber()
        guard let value = Double(text) else { throw error("the number cannot be read", at: start) }
        return .literal(.double(value))
    }

    private mutating func whole(_ digits: String, radix: Int, start: Int) throws(CELError) -> Token.Kind {
        let isUnsigned = peek().map { $0 | 0x20 == UInt8(ascii: "u") } ?? false
        if isUnsigned { position += 1 }
        try endNumber()
        guard let value = UInt64(digits, radix: radix), isUnsigned || value <= UInt64(Int64.max) + 1 else {
            throw error("the number is out of range", at: start)
        }
        return isUnsigned ? .literal(.uint(value)) : .integer(value)
    }

    private mutating func skipDigits() {
        while let byte = peek(), byte.isDigit { position += 1 }
    }

    private func endNumber() throws(CELError) {
        if let byte = peek(), byte.isNameStart || byte.isDigit { throw error("a number ends before a letter") }
    }
}
