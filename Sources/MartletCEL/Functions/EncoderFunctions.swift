/// Base64 (RFC 4648, section 4).
enum EncoderFunctions {
    static let all: [CELFunction] = [
        CELFunction("base64.encode", .global, [.init([.bytes], .string)], .one(encode)),
        CELFunction("base64.decode", .global, [.init([.string], .bytes)], .one(decode)),
    ]

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func encode(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .bytes(let bytes) = value else { throw CELFault.noOverload }
        try budget.buildText(bytes: bytes.count * 2)
        return .string(text(of: bytes))
    }

    static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let digit = Int(bits >> UInt32(18 - 6 * position)) & 63
                text.append(position <= group.count ? digits[digit] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decode(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .string(let text) = value else { throw CELFault.noOverload }
        try budget.buildText(bytes: text.utf8.count)
        guard let bytes = bytes(of: text) else { throw CELFault(.value, "the text is not base64") }
        return .bytes(bytes)
    }

    /// Padding at the end may be missing. Nil for anything that is not base64.
    static func bytes(of text: String) -> [UInt8]? {
        var characters = Array(text.utf8)
        let padding = characters.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2, padding == 0 || characters.count % 4 == 0 else { return nil }
        characters.removeLast(padding)
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in characters {
            guard let digit = value(of: character) else { return nil }
            bits = bits << 6 | digit
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bits & (1 << UInt32(count) - 1) == 0 ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
