/// UUIDs as texts.
public enum UUIDText {
    /// The text in lower case when it has the form of a UUID (8-4-4-4-12 hexadecimal digits), nil otherwise.
    public static func canonical(_ text: some StringProtocol) -> String? {
        let bytes = text.utf8
        guard bytes.count == 36 else { return nil }
        for (index, byte) in bytes.enumerated() {
            switch index {
            case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return nil }
            default:
                switch byte {
                case 0x30...0x39, 0x41...0x46, 0x61...0x66: break
                default: return nil
                }
            }
        }
        return text.lowercased()
    }

    /// A new random UUID (version 4).
    public static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return text(high: generator.next() & ~0xF000 | 0x4000, low: generator.next() & ~(3 << 62) | 2 << 62)
    }

    /// The text of 128 bits.
    public static func text(high: UInt64, low: UInt64) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for index in 0..<32 {
            if index == 8 || index == 12 || index == 16 || index == 20 { text.append(UInt8(ascii: "-")) }
            let word = index < 16 ? high : low
            text.append(digits[Int(word >> UInt64((15 - index % 16) * 4) & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
