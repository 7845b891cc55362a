/// PostgreSQL's `numeric` in binary form: digits to the base 10,000.
enum PostgresNumeric {
    /// The nearest number; 0 for what is none.
    static func value(_ bytes: UnsafeRawBufferPointer) -> Double {
        func word(_ index: Int) -> UInt16 {
            bytes.count >= 2 * index + 2
                ? UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)) : 0
        }
        let count = Int(word(0))
        let weight = Int(Int16(bitPattern: word(1)))
        let sign = word(2)
        guard sign == 0 || sign == 0x4000, bytes.count >= 8 + 2 * count else { return 0 }
        var value = 0.0
        for index in 0..<count { value = value * 10_000 + Double(word(4 + index)) }
        var exponent = weight - count + 1
        while exponent > 0 {
            value *= 10_000
            exponent -= 1
        }
        while exponent < 0 {
            value /= 10_000
            exponent += 1
        }
        return sign == 0 ? value : -value
    }
}
