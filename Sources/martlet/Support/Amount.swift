import MartletCore

/// Reads spans of time and sizes as people write them.
enum Amount {
    /// Seconds of `90`, `90s`, `15m`, `6h` or `2d`; throws a usage error for anything else.
    static func seconds(_ text: String, option: String) throws -> Int {
        try read(
            text, option: option, units: ["": 1, "s": 1, "m": 60, "h": 3_600, "d": 86_400], example: "90s, 15m or 6h")
    }

    /// Bytes of `65536`, `64K`, `512M` or `2G`, in steps of 1024 and also as `KiB`, `MiB`, `GiB`; throws a usage error for
    /// anything else.
    static func bytes(_ text: String, option: String) throws -> Int64 {
        var units = ["": 1]
        for (index, letter) in ["k", "m", "g", "t"].enumerated() {
            for name in [letter, letter + "b", letter + "ib"] { units[name] = 1 << (10 * (index + 1)) }
        }
        return Int64(try read(text, option: option, units: units, example: "512M or 2G"))
    }

    private static func read(_ text: String, option: String, units: [String: Int], example: String) throws -> Int {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        if let number = Int(digits), let unit = units[text.dropFirst(digits.count).lowercased()] {
            let (amount, overflow) = number.multipliedReportingOverflow(by: unit)
            if !overflow { return amount }
        }
        throw MartletError(.usage, "--\(option) needs something like \(example), not '\(text)'")
    }
}
