extension ContentHash {
    /// The bytes in the form of a UUID, 36 lower-case characters. Nothing is changed, so ``init(uuid:)`` gives the hash back.
    public var uuid: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var place = 0
            for index in 0..<Self.byteCount {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    buffer[place] = UInt8(ascii: "-")
                    place += 1
                }
                let word = index < 8 ? high : low
                let byte = UInt8(truncatingIfNeeded: word >> (56 - 8 * (index & 7)))
                buffer[place] = Self.hexDigit(byte >> 4)
                buffer[place + 1] = Self.hexDigit(byte & 15)
                place += 2
            }
            return place
        }
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
