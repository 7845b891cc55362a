extension CELDuration {
    private static let units: [(name: String, nanoseconds: Double, whole: Int64)] = [
        ("ns", 1, 1), ("us", 1e3, 1_000), ("µs", 1e3, 1_000), ("ms", 1e6, 1_000_000), ("s", 1e9, 1_000_000_000),
        ("m", 60e9, 60_000_000_000), ("h", 3600e9, 3_600_000_000_000),
    ]

    /// Reads a span such as `1h30m`, `-2.5s` or `10ms`; nil for anything else and beyond 64 bits of nanoseconds.
    public init?(_ text: String) {
        var rest = Substring(text)
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        var total: Int64 = 0
        if rest == "0" {
            rest = ""
        }
        while !rest.isEmpty {
            guard let part = CELDuration.part(&rest) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
        }
        self.init(nanoseconds: isNegative ? -total : total)
    }

    private static func part(_ rest: inout Substring) -> Int64? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count)
        var fraction: Substring = ""
        if rest.hasPrefix(".") {
            rest.removeFirst()
            fraction = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(fraction.count)
        }
        guard !digits.isEmpty || !fraction.isEmpty else { return nil }
        let name = rest.prefix { !($0.isASCII && $0.isNumber) && $0 != "." }
        guard let unit = units.first(where: { $0.name == name }), let whole = digits.isEmpty ? 0 : Int64(digits) else {
            return nil
        }
        rest = rest.dropFirst(name.count)
        let (scaled, overflow) = whole.multipliedReportingOverflow(by: unit.whole)
        let decimals = fraction.isEmpty ? 0 : Double("0." + fraction) ?? 0
        let (sum, second) = scaled.addingReportingOverflow(Int64((decimals * unit.nanoseconds).rounded()))
        return overflow || second ? nil : sum
    }
}
