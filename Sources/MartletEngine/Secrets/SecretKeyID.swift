/// The id of a key as bytes, in a sealed secret, and as text everywhere else.
enum SecretKeyID {
    static let size = 8

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// Nil for what is no id.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue).map(UInt8.init)
        guard digits.count == 2 * size, text.utf8.count == 2 * size else { return nil }
        return (0..<size).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] }
    }
}
