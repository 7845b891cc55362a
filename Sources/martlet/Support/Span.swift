import MartletCore

/// Reads lengths of time from the command line.
enum Span {
    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]

    /// Seconds of `0`, `30s`, `10m`, `1h` or `1d`, at most `maximum`; a usage error that names the option for anything else.
    static func seconds(_ text: String, option: String, maximum: Int) throws -> Int {
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? text[...] : text.dropLast()
        let isWhole = !digits.isEmpty && digits.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard isWhole, unit != nil || text == "0", let count = Int(digits),
            case let (seconds, overflow) = count.multipliedReportingOverflow(by: unit ?? 1), !overflow,
            seconds <= maximum
        else {
            throw MartletError(
                .usage, "--\(option) needs 0 to 1d, a whole number and a unit as in 30s, 10m or 1h, not '\(text)'")
        }
        return seconds
    }
}
