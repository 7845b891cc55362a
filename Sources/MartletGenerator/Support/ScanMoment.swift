/// The moment a generated scan was made, and what findings write of it.
struct ScanMoment: Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    let epoch: Int64

    init(epoch: Int64) { self.epoch = epoch }

    /// Midnight UTC of a day that lies `days` after 1970-01-01, plus seconds.
    init(days: Int64, seconds: Int64) { epoch = days * 86_400 + seconds }

    /// `2026-11-01T06:00:00`: no zone, the way Prowler writes it.
    var text: String {
        let day = epoch.dividedFloor(by: 86_400)
        let second = epoch - day * 86_400
        return Self.date(day) + "T" + Self.padded(second / 3_600, 2) + ":" + Self.padded(second / 60 % 60, 2) + ":"
            + Self.padded(second % 60, 2)
    }

    /// A version 7 UUID (RFC 9562) of this moment whose random part comes from a seed.
    func uuid(seed: UInt64) -> String {
        var generator = SplitMix64(seed: SplitMix64.hash(seed, UInt64(bitPattern: epoch)))
        let milliseconds = UInt64(bitPattern: epoch &* 1_000) & 0xFFFF_FFFF_FFFF
        let high = milliseconds << 16 | 0x7000 | generator.next() & 0x0FFF
        let low = 0x8000_0000_0000_0000 | generator.next() >> 2
        let digits = Self.hex(high, 16) + Self.hex(low, 16)
        var text = ""
        for (offset, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(offset) { text += "-" }
            text.append(digit)
        }
        return text
    }

    /// The calendar date of a day counted from 1970-01-01, for years 1 to 9999.
    static func date(_ day: Int64) -> String {
        // Counting years from March puts the leap day last, so that month lengths follow one linear formula.
        let shifted = day + 719_468
        let era = shifted.dividedFloor(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(dayOfMonth, 2)
    }

    /// Lower-case hexadecimal digits, the lowest `count` of the number.
    static func hex(_ number: UInt64, _ count: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits.suffix(count)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int64 {
    fileprivate func dividedFloor(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
