extension Lexer {
    /// Text or bytes with a prefix of `r`, `b` or both; nil when a name begins here.
    mutating func prefixedText() throws(CELError) -> CELValue? {
        var isRaw = false
        var isBytes = false
        var length = 0
        while length < 2, let byte = peek(length) {
            if byte | 0x20 == UInt8(ascii: "r"), !isRaw {
                isRaw = true
            } else if byte | 0x20 == UInt8(ascii: "b"), !isBytes {
                isBytes = true
            } else {
                break
            }
            length += 1
        }
        guard length > 0, let quote = peek(length), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return nil
        }
        position += length
        if isBytes { return .bytes(try content(isRaw: isRaw, isBytes: true)) }
        return .string(try text(isRaw: isRaw))
    }

    /// Text in quotation marks.
    mutating func text(isRaw: Bool) throws(CELError) -> String {
        let start = position
        let bytes = try content(isRaw: isRaw, isBytes: false)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error("the text is not valid UTF-8", at: start)
        }
        return text
    }

    private mutating func content(isRaw: Bool, isBytes: Bool) throws(CELError) -> [UInt8] {
        let start = position
        guard let quote = peek() else { throw error("expected a quotation mark") }
        let isTriple = peek(1) == quote && peek(2) == quote
        position += isTriple ? 3 : 1
        var bytes: [UInt8] = []
        while let byte = peek() {
            if byte == quote, !isTriple || peek(1) == quote && peek(2) == quote {
                position += isTriple ? 3 : 1
                return bytes
            }
            if byte == UInt8(ascii: "\\"), !isRaw {
                try escape(isBytes: isBytes, into: &bytes)
                continue
            }
            guard isTriple || byte != 0x0A && byte != 0x0D else { break }
            bytes.append(byte)
            position += 1
        }
        throw error("the text has no closing quotation mark", at: start)
    }

    private mutating func escape(isBytes: Bool, into bytes: inout [UInt8]) throws(CELError) {
        let start = position
        guard let kind = peek(1) else { throw error("the text ends in an escape") }
        position += 2
        switch kind {
        case UInt8(ascii: "a"): bytes.append(0x07)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "v"): bytes.append(0x0B)
        case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
            bytes.append(kind)
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            try append(hex(2, start), isByte: isBytes, start, &bytes)
        case UInt8(ascii: "u") where !isBytes: try append(hex(4, start), isByte: false, start, &bytes)
        case UInt8(ascii: "U") where !isBytes: try append(hex(8, start), isByte: false, start, &bytes)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            var code = UInt32(kind - UInt8(ascii: "0"))
            for _ in 0..<2 {
                guard let digit = peek(), (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else {
                    throw error("an octal escape has three digits, \\000 to \\377", at: start)
                }
                code = code * 8 + UInt32(digit - UInt8(ascii: "0"))
                position += 1
            }
            try append(code, isByte: isBytes, start, &bytes)
        default: throw error("unknown escape", at: start)
        }
    }

    private mutating func hex(_ count: Int, _ start: Int) throws(CELError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<count {
            guard let digit = peek()?.hexValue else {
                throw error("expected \(count) hexadecimal digits in the escape", at: start)
            }
            code = code << 4 | digit
            position += 1
        }
        return code
    }

    private func append(_ code: UInt32, isByte: Bool, _ start: Int, _ bytes: inout [UInt8]) throws(CELError) {
        if isByte {
            bytes.append(UInt8(truncatingIfNeeded: code))
        } else if let scalar = Unicode.Scalar(code) {
            bytes.append(contentsOf: String(Character(scalar)).utf8)
        } else {
            throw error("the escape names no character", at: start)
        }
    }
}
