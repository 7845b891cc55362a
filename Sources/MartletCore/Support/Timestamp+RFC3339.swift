extension Timestamp {
    /// Reads an RFC 3339 or ISO 8601 time such as `2026-11-20T07:59:45.577Z` or `2026-11-20 07:59:45`.
    ///
    /// A blank may stand for the `T`, and a time without a zone is UTC. Digits beyond milliseconds are dropped; the
    /// leap second 60 reads as the first second of the next minute. Nil for anything else, for dates that don't exist
    /// and for times outside ``range``.
    public init?(rfc3339 text: String) {
        var text = text
        guard let read = text.withUTF8({ Timestamp(rfc3339: $0) }) else { return nil }
        self = read
    }

    /// The same for bytes.
    public init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
        var cursor = TimeCursor(bytes: bytes)
        guard let year = cursor.digits(4), year >= 1, cursor.take(0x2D),
            let month = cursor.digits(2), 1...12 ~= month, cursor.take(0x2D),
            let day = cursor.digits(2), 1...Self.days(in: month, of: year) ~= day,
            cursor.take(0x54) || cursor.take(0x74) || cursor.take(0x20),
            let hour = cursor.digits(2), hour <= 23, cursor.take(0x3A),
            let minute = cursor.digits(2), minute <= 59, cursor.take(0x3A),
            let second = cursor.digits(2), second <= 60,
            let fraction = cursor.milliseconds(), let offset = cursor.zone(), cursor.atEnd
        else { return nil }
        let minutes = Int64(Self.days(before: year, month, day)) * 1440 + Int64(hour * 60 + minute - offset)
        let result = Timestamp(milliseconds: (minutes * 60 + Int64(second)) * 1000 + Int64(fraction))
        guard Timestamp.range.contains(result) else { return nil }
        self = result
    }

    /// The time as RFC 3339 with milliseconds and `Z`: `2026-11-20T07:59:45.577Z`. Times outside ``range`` are shown as
    /// its nearest end.
    public var rfc3339: String {
        let clamped = min(
            max(milliseconds, Timestamp.range.lowerBound.milliseconds), Self.range.upperBound.milliseconds)
        let day = (clamped - (clamped < 0 ? 86_399_999 : 0)) / 86_400_000
        var rest = Int(clamped - day * 86_400_000)
        let (year, month, dayOfMonth) = Self.date(ofDay: Int(day))
        return String(unsafeUninitializedCapacity: 24) { buffer in
            func put(_ value: Int, _ count: Int, at start: Int) {
                var value = value
                for index in stride(from: start + count - 1, through: start, by: -1) {
                    buffer[index] = UInt8(0x30 + value % 10)
                    value /= 10
                }
            }
            put(year, 4, at: 0)
            buffer[4] = 0x2D
            put(month, 2, at: 5)
            buffer[7] = 0x2D
            put(dayOfMonth, 2, at: 8)
            buffer[10] = 0x54
            put(rest / 3_600_000, 2, at: 11)
            rest %= 3_600_000
            buffer[13] = 0x3A
            put(rest / 60_000, 2, at: 14)
            rest %= 60_000
            buffer[16] = 0x3A
            put(rest / 1000, 2, at: 17)
            buffer[19] = 0x2E
            put(rest % 1000, 3, at: 20)
            buffer[23] = 0x5A
            return 24
        }
    }

    /// The number of days of a month (1 to 12) of a year.
    package static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar. The year is taken to begin in March, so that the leap day is its
    /// last day and the days before each month follow from (153 m + 2) / 5.
    package static func days(before year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let leapDays = shifted / 4 - shifted / 100 + shifted / 400
        return shifted * 365 + leapDays + (153 * monthFromMarch + 2) / 5 + day - 719_469
    }

    /// The date of a day, counted from 1970-01-01; the inverse of `days(before:_:_:)`.
    package static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        // Days since 0000-03-01; a cycle of 400 years has 146,097.
        let fromMarch = day + 719_468
        let cycle = (fromMarch - (fromMarch < 0 ? 146_096 : 0)) / 146_097
        let inCycle = fromMarch - cycle * 146_097
        let yearInCycle = (inCycle - inCycle / 1460 + inCycle / 36_524 - inCycle / 146_096) / 365
        let inYear = inCycle - (yearInCycle * 365 + yearInCycle / 4 - yearInCycle / 100)
        let monthFromMarch = (5 * inYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = cycle * 400 + yearInCycle + (month <= 2 ? 1 : 0)
        return (year, month, inYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

// Reads the parts of a time from left to right.
private struct TimeCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    var atEnd: Bool { position == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int? {
        guard position < bytes.count, 0x30...0x39 ~= bytes[position] else { return nil }
        position += 1
        return Int(bytes[position - 1] - 0x30)
    }

    mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    // A fraction of a second, 0 when there is none; nil when there is a point without digits.
    mutating func milliseconds() -> Int? {
        guard take(0x2E) || take(0x2C) else { return 0 }
        guard var value = digit() else { return nil }
        var count = 1
        while let digit = digit() {
            if count < 3 { value = value * 10 + digit }
            count += 1
        }
        while count < 3 {
            value *= 10
            count += 1
        }
        return value
    }

    // The zone's offset in minutes: `Z`, nothing, `+hh:mm`, `+hhmm` or `+hh`.
    mutating func zone() -> Int? {
        if atEnd || take(0x5A) || take(0x7A) { return 0 }
        let negative = take(0x2D)
        guard negative || take(0x2B), let hours = digits(2), hours <= 23 else { return nil }
        if atEnd { return negative ? -hours * 60 : hours * 60 }
        _ = take(0x3A)
        guard let minutes = digits(2), minutes <= 59 else { return nil }
        return negative ? -(hours * 60 + minutes) : hours * 60 + minutes
    }
}
