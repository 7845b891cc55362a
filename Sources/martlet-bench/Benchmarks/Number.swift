/// Numbers for a person.
enum Number {
    /// Three or more significant digits, thousands grouped.
    static func short(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "-" }
        if abs(value) >= 100 || value == value.rounded() { return grouped(Int(value.rounded())) }
        let digits = abs(value) >= 10 ? 1 : abs(value) >= 1 ? 2 : 3
        return fixed(value, digits)
    }

    /// Bytes in MiB.
    static func mebibytes(_ bytes: Double) -> String { fixed(bytes / 1_048_576, 1) }

    /// Seconds with three digits.
    static func seconds(_ seconds: Double) -> String { fixed(seconds, 3) }

    private static func fixed(_ value: Double, _ digits: Int) -> String {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let number = Int((abs(value) * Double(scale)).rounded())
        let fraction = String(number % scale)
        return (value < 0 ? "-" : "") + grouped(number / scale) + "."
            + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    private static func grouped(_ value: Int) -> String {
        var text = String(value.magnitude)
        var place = text.count - 3
        while place > 0 {
            text.insert(",", at: text.index(text.startIndex, offsetBy: place))
            place -= 3
        }
        return (value < 0 ? "-" : "") + text
    }
}
