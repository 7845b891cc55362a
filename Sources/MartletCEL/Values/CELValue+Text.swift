extension CELValue {
    /// The text of a value that is not made of others and not text or bytes itself; nil for those.
    var scalarText: String? {
        switch self {
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): number.celText
        case .timestamp(let moment): moment.text
        case .duration(let span): span.text
        case .ip(let address): address.text
        case .cidr(let network): "\(network.address.text)/\(network.prefixLength)"
        case .null: "null"
        case .type(let name): name
        case .string, .bytes, .list, .map, .optional, .failure: nil
        }
    }
}

extension Double {
    /// The shortest text that reads back as the same number; a whole number within `int` without fraction and exponent.
    var celText: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
        if magnitude < 0x1p63, self == rounded(.towardZero) {
            return self == 0 && sign == .minus ? "-0" : String(Int64(self))
        }
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension CELDuration {
    /// Seconds with up to nine decimals and an `s`.
    var text: String {
        let magnitude = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        return "\(sign)\(magnitude / 1_000_000_000)\(CELDuration.decimals(magnitude % 1_000_000_000))s"
    }

    /// A dot and the digits of a number of nanoseconds, without zeros at the end; nothing for none.
    static func decimals(_ nanoseconds: UInt64) -> String {
        guard nanoseconds != 0 else { return "" }
        var digits = String(nanoseconds)
        digits = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "." + digits
    }
}
