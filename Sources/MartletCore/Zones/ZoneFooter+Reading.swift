extension ZoneFooter {
    /// Reads a `TZ` string such as `CET-1CEST,M3.5.0,M10.5.0/3`; nil for anything else.
    init?(_ text: some Collection<UInt8>) {
        var cursor = FooterCursor(bytes: Array(text))
        guard cursor.name(), let west = cursor.time(limit: 24) else { return nil }
        standard = -west
        guard !cursor.atEnd else {
            daylight = nil
            return
        }
        guard cursor.name() else { return nil }
        var offset = standard + 3600
        if !cursor.take(",") {
            guard let west = cursor.time(limit: 24), cursor.take(",") else { return nil }
            offset = -west
        }
        guard let start = cursor.date(), cursor.take(","), let end = cursor.date(), cursor.atEnd else { return nil }
        daylight = Daylight(offset: offset, start: start, end: end)
    }
}

// Reads the parts of a `TZ` string from left to right.
private struct FooterCursor {
    let bytes: [UInt8]
    var position = 0

    var atEnd: Bool { position == bytes.count }
    var next: UInt8? { atEnd ? nil : bytes[position] }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    // The abbreviation: letters, or more than that between angle brackets.
    mutating func name() -> Bool {
        let bracketed = take("<")
        let start = position
        while let byte = next, isLetter(byte) || bracketed && (isDigit(byte) || byte == 0x2B || byte == 0x2D) {
            position += 1
        }
        return position - start >= 3 && (!bracketed || take(">"))
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int? {
        let start = position
        var value = 0
        while let byte = next, isDigit(byte), position - start < 3 {
            value = value * 10 + Int(byte - 0x30)
            position += 1
        }
        return position > start && range.contains(value) ? value : nil
    }

    // `[+-]h[:m[:s]]` in seconds.
    mutating func time(limit: Int) -> Int64? {
        let negative = take("-")
        if !negative { _ = take("+") }
        guard let hours = number(0...limit) else { return nil }
        var seconds = Int64(hours) * 3600
        for unit in [60, 1] as [Int64] where take(":") {
            guard let value = number(0...59) else { return nil }
            seconds += Int64(value) * unit
        }
        return negative ? -seconds : seconds
    }

    mutating func date() -> ZoneFooterDate? {
        guard let day = day() else { return nil }
        guard take("/") else { return ZoneFooterDate(day: day, time: 7200) }
        return time(limit: 167).map { ZoneFooterDate(day: day, time: $0) }
    }

    private mutating func day() -> ZoneFooterDate.Day? {
        if take("J") { return number(1...365).map { .withoutLeapDay($0) } }
        guard take("M") else { return number(0...365).map { .withLeapDay($0) } }
        guard let month = number(1...12), take("."), let week = number(1...5), take("."), let weekday = number(0...6)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }

    private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
    private func isLetter(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte & 0xDF }
}
