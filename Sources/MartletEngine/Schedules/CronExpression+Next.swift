import MartletCore

extension CronExpression {
    /// The next slot after a moment, on a whole second; nil where the range of times ends before.
    ///
    /// An expression that names **hours** (`30 2 * * *`, `0 */6 * * *`) has one slot for each date and time that it
    /// names: the first moment at which the clock of the zone shows this time or a later one. So a slot that falls into
    /// a gap comes at the first moment after it, a slot in a repeated hour comes once, at its first time, and slots that fall
    /// together are one.
    ///
    /// An expression that allows **every hour** (`*/15 * * * *`, `@hourly`; see ``runsByElapsedTime``) has a slot
    /// whenever the clock shows a minute that it names: in a repeated hour again, in a gap not at all. Where clocks
    /// change by whole hours, equal intervals stay equal.
    ///
    /// The search ends after ``horizonYears``; every expression that can be made comes within them.
    public func next(after moment: Timestamp, in zone: ZoneRules) -> Timestamp? {
        let range = Timestamp.range
        guard moment < range.upperBound else { return nil }
        let second = max(moment, range.lowerBound).wholeSecond
        let limit = min(second + Self.horizonYears * 366 * 86_400, range.upperBound.wholeSecond)
        let found =
            runsByElapsedTime
            ? nextShown(after: second, limit: limit, zone) : nextReached(after: second, limit: limit, zone)
        guard let found, found <= limit else { return nil }
        return Timestamp(milliseconds: found * 1000)
    }

    /// The last slot after `start` and not after `end`; nil where there is none. Takes about 40 searches however many
    /// slots there are.
    public func latest(after start: Timestamp, notAfter end: Timestamp, in zone: ZoneRules) -> Timestamp? {
        func comes(after second: Int64) -> Timestamp? {
            next(after: Timestamp(milliseconds: second * 1000), in: zone).flatMap { $0 <= end ? $0 : nil }
        }
        guard var found = next(after: start, in: zone), found <= end else { return nil }
        var low = found.wholeSecond
        var high = min(end, Timestamp.range.upperBound).wholeSecond
        while low < high {
            let middle = low + (high - low) / 2
            guard let later = comes(after: middle) else {
                high = middle
                continue
            }
            found = later
            // Ends whatever `next` answers.
            low = max(later.wholeSecond, middle + 1)
        }
        return found
    }

    /// How far ``next(after:in:)`` looks. 29 February on one weekday, the rarest date, comes within 40 years.
    public static let horizonYears: Int64 = 50

    private func nextShown(after second: Int64, limit: Int64, _ zone: ZoneRules) -> Int64? {
        var earliest = second + 1
        while earliest <= limit {
            let span = zone.span(at: earliest)
            let end = min(span.end, limit + 1)
            if let shown = firstMatch(from: earliest + span.offset, before: end + span.offset) {
                return shown - span.offset
            }
            earliest = end
        }
        return nil
    }

    private func nextReached(after second: Int64, limit: Int64, _ zone: ZoneRules) -> Int64? {
        let reached = zone.highestReading(until: second)
        guard let wanted = firstMatch(from: reached + 1, before: limit + ZoneRules.maximumOffset + 1) else {
            return nil
        }
        return zone.firstMoment(reading: wanted)
    }
}

extension Timestamp {
    /// Seconds since 1970, rounded down.
    fileprivate var wholeSecond: Int64 { milliseconds.dividedDown(by: 1000) }
}
