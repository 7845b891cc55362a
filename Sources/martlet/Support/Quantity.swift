/// Numbers as a person reads them.
enum Quantity {
    /// `1234567` → `1,234,567`.
    static func grouped(_ number: some BinaryInteger) -> String {
        let digits = Array(String(number.magnitude))
        var result = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }

    /// `1536` → `1.5 KiB`.
    static func bytes(_ count: Int) -> String {
        var value = Double(count)
        for unit in ["B", "KiB", "MiB", "GiB"] where unit != "GiB" {
            if value < 1024 { return unit == "B" ? "\(count) B" : "\(decimal(value, 1)) \(unit)" }
            value /= 1024
        }
        return "\(decimal(value, 1)) GiB"
    }

    /// A number with a fixed number of decimals, rounded half away from zero.
    static func decimal(_ value: Double, _ decimals: Int) -> String {
        let factor = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        guard value.isFinite, (value * factor).magnitude < 9e15 else { return value.description }
        let scaled = Int64((value * factor).rounded())
        guard decimals > 0 else { return String(scaled) }
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return (scaled < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// `3 findings`, `1 finding`.
    static func count(_ number: some BinaryInteger, _ singular: String, _ plural: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? singular : plural ?? singular + "s")"
    }
}
