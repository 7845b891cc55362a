/// What the clocks of a time zone show: its changes so far, and the rule for those to come.
///
/// Read from the files that Debian's package `tzdata` installs (TZif, RFC 8536). Moments and readings are whole
/// seconds; a reading is what a clock shows, as seconds since 1970-01-01T00:00 of that same clock.
public struct ZoneRules: Sendable, Hashable {
    /// The name, such as `Europe/Berlin`.
    public let name: String
    /// Moments at which the offset may change, ascending.
    let changes: [Int64]
    /// The offset from each of ``changes`` on, same count.
    let offsets: [Int64]
    /// The offset before the first change.
    let firstOffset: Int64
    /// What holds after the last change; nil where the last offset stays for ever.
    let footer: ZoneFooter?

    /// Coordinated universal time. Needs no file.
    public static let utc = ZoneRules(name: "UTC", changes: [], offsets: [], firstOffset: 0, footer: nil)

    /// Offsets lie within 26 hours of UTC (RFC 8536, section 3.2).
    package static let maximumOffset: Int64 = 26 * 3600

    /// The difference between what the clock shows and UTC at a moment, in seconds, positive east of Greenwich.
    public func offset(at moment: Timestamp) -> Int64 { span(at: moment.milliseconds.dividedDown(by: 1000)).offset }

    /// The span with one offset in which a moment lies.
    package func span(at second: Int64) -> ZoneSpan {
        guard let last = changes.last, let lastOffset = offsets.last, second >= last else {
            guard let first = changes.first, let last = changes.last, second < last else {
                return spanOfFooter(at: second, since: .min, offset: footer?.standard ?? firstOffset)
            }
            guard second >= first else { return ZoneSpan(start: .min, end: first, offset: firstOffset) }
            let index = indexOfChange(before: second)
            return ZoneSpan(start: changes[index], end: changes[index + 1], offset: offsets[index])
        }
        return spanOfFooter(at: second, since: last, offset: lastOffset)
    }

    /// The highest reading that the clock has shown until a moment, this included.
    package func highestReading(until second: Int64) -> Int64 {
        var highest = second + span(at: second).offset
        var start = second - 3 * Self.maximumOffset
        while start <= second {
            let span = span(at: start)
            highest = max(highest, min(span.end - 1, second) + span.offset)
            start = span.end
        }
        return highest
    }

    /// The first moment at which the clock shows a reading or a higher one.
    package func firstMoment(reading: Int64) -> Int64 {
        var start = reading - Self.maximumOffset - 1
        while true {
            let span = span(at: start)
            let moment = max(start, reading - span.offset)
            if moment < span.end { return moment }
            start = span.end
        }
    }

    /// The last change at or before a moment that is not before the first change.
    private func indexOfChange(before second: Int64) -> Int {
        var low = 0
        var high = changes.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if changes[middle] <= second { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private func spanOfFooter(at second: Int64, since: Int64, offset: Int64) -> ZoneSpan {
        var span = ZoneSpan(start: since, end: .max, offset: offset)
        for change in footer?.changes(around: second) ?? [] where change.moment > since {
            guard change.moment <= second else {
                span.end = change.moment
                break
            }
            span = ZoneSpan(start: change.moment, end: .max, offset: change.offset)
        }
        return span
    }
}
