/// The rule of a zone for the years to come: the `TZ` string at the end of a TZif file (POSIX.1-2017, section 8.3, with
/// the hours up to 167 of RFC 8536).
struct ZoneFooter: Sendable, Hashable {
    /// The offset without daylight saving, in seconds.
    let standard: Int64
    /// Nil in zones that never change.
    let daylight: Daylight?

    /// Daylight saving.
    struct Daylight: Sendable, Hashable {
        /// The offset while it lasts, in seconds.
        let offset: Int64
        /// When it begins, on the clock of ``ZoneFooter/standard``, and ends, on its own.
        let start, end: ZoneFooterDate
    }

    /// The changes of the year of a moment and of both years beside it, ascending, one for each moment.
    func changes(around second: Int64) -> [(moment: Int64, offset: Int64)] {
        guard let daylight else { return [] }
        // Years outside those of a Timestamp never matter; the bounds keep the arithmetic small.
        let day = min(max(second.dividedDown(by: 86_400), -720_000), 2_933_000)
        let year = Timestamp.date(ofDay: Int(day)).year
        var changes: [(moment: Int64, offset: Int64)] = []
        for year in max(year - 1, 1)...max(year + 1, 1) {
            changes.append((daylight.end.reading(in: year) - daylight.offset, standard))
            changes.append((daylight.start.reading(in: year) - standard, daylight.offset))
        }
        // Daylight saving all year round ends in the moment in which it begins: there the beginning counts.
        changes.sort { $0.moment != $1.moment ? $0.moment < $1.moment : $0.offset == standard && $1.offset != standard }
        return changes.indices.filter { $0 + 1 == changes.count || changes[$0].moment != changes[$0 + 1].moment }
            .map { changes[$0] }
    }
}
