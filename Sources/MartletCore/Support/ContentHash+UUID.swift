extension ContentHash {
    /// The bytes in the form of a UUID, 36 lower-case characters. Nothing is changed, so ``init(uuid:)`` gives the hash back.
    public var uuid: String {
        let digits = hex
        var text = ""
        text.reserveCapacity(36)
        for (place, digit) in digits.utf8.enumerated() {
            if place == 8 || place == 12 || place == 16 || place == 20 { text.append("-") }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return text
    }

    /// The same with the bits of a version and of RFC 9562's variant in their places; the hash cannot be told from it.
    ///
    /// - Parameter version: 0 to 15.
    public func uuid(version: UInt64) -> String {
        ContentHash(
            high: high & 0xffff_ffff_ffff_0fff | (version & 0xf) << 12,
            low: low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
        ).uuid
    }

    /// Reads the form `8-4-4-4-12` of hexadecimal digits of either case; nil for anything else.
    public init?(uuid: some StringProtocol) {
        let text = Array(uuid.utf8)
        guard text.count == 36 else { return nil }
        var digits: [UInt8] = []
        digits.reserveCapacity(32)
        for (place, byte) in text.enumerated() {
            if place == 8 || place == 13 || place == 18 || place == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                digits.append(byte)
            }
        }
        self.init(hex: String(decoding: digits, as: UTF8.self))
    }
}
