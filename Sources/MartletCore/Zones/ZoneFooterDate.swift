/// A date and time that comes once a year.
struct ZoneFooterDate: Sendable, Hashable {
    /// How the day is said.
    enum Day: Sendable, Hashable {
        /// `Jn`: day 1 to 365; 29 February is not counted.
        case withoutLeapDay(Int)
        /// `n`: day 0 to 365; 29 February is counted.
        case withLeapDay(Int)
        /// `Mm.w.d`: the weekday (0 is Sunday) of a week (1 to 5, 5 is the last) of a month.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    /// The day.
    let day: Day
    /// Seconds after midnight; may be negative or more than a day.
    let time: Int64

    /// What the clock shows then, in seconds since 1970-01-01T00:00 of that clock.
    func reading(in year: Int) -> Int64 { Int64(number(in: year)) * 86_400 + time }

    private func number(in year: Int) -> Int {
        let january = Timestamp.days(before: year, 1, 1)
        switch day {
        case .withLeapDay(let number): return january + number
        case .withoutLeapDay(let number):
            let hasLeapDay = Timestamp.days(in: 2, of: year) == 29
            return january + number - (hasLeapDay && number >= 60 ? 0 : 1)
        case .weekday(let month, let week, let weekday):
            let first = Timestamp.days(before: year, month, 1)
            let ahead = Int(Int64(weekday - first - 4).remainderUp(7))
            let day = first + ahead + (week - 1) * 7
            return day < first + Timestamp.days(in: month, of: year) ? day : day - 7
        }
    }
}
