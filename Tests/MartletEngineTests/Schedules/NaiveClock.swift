import Testing

/// What clocks showed in the years 2021 to 2024, minute by minute, from tables written by hand: nothing here knows the
/// code under test.
struct NaiveClock: Sendable, CustomTestStringConvertible {
    let name: String
    /// Changes in minutes since 2021-01-01T00:00Z, with the offset from then on, in minutes. The first is the beginning.
    let changes: [(minute: Int, offset: Int)]

    static let years = 2021...2024
    /// 2021-01-01T00:00Z in minutes since 1970.
    static let epoch = 26_824_320
    static let minutes = (365 * 3 + 366) * 1440

    var testDescription: String { name }

    /// The reading at each minute, in minutes since 2021-01-01T00:00 of the clock; may be negative.
    var readings: [Int] {
        var readings: [Int] = []
        readings.reserveCapacity(Self.minutes)
        for (index, change) in changes.enumerated() {
            let end = index + 1 < changes.count ? changes[index + 1].minute : Self.minutes
            for minute in change.minute..<end { readings.append(minute + change.offset) }
        }
        return readings
    }

    private init(_ name: String, _ first: Int, _ changes: [(year: Int, month: Int, day: Int, minute: Int, offset: Int)])
    {
        self.name = name
        self.changes =
            [(0, first)]
            + changes.map { change in
                (NaiveDate.dayNumber(change.year, change.month, change.day) * 1440 + change.minute, change.offset)
            }
    }

    static let all = [
        NaiveClock("UTC", 0, []),
        NaiveClock("Asia/Kolkata", 330, []),
        NaiveClock(
            "Europe/Berlin", 60,
            [
                (2021, 3, 28, 60, 120), (2021, 10, 31, 60, 60), (2022, 3, 27, 60, 120), (2022, 10, 30, 60, 60),
                (2023, 3, 26, 60, 120), (2023, 10, 29, 60, 60), (2024, 3, 31, 60, 120), (2024, 10, 27, 60, 60),
            ]),
        NaiveClock(
            "America/New_York", -300,
            [
                (2021, 3, 14, 420, -240), (2021, 11, 7, 360, -300), (2022, 3, 13, 420, -240), (2022, 11, 6, 360, -300),
                (2023, 3, 12, 420, -240), (2023, 11, 5, 360, -300), (2024, 3, 10, 420, -240), (2024, 11, 3, 360, -300),
            ]),
        NaiveClock(
            "Australia/Lord_Howe", 660,
            [
                (2021, 4, 3, 900, 630), (2021, 10, 2, 930, 660), (2022, 4, 2, 900, 630), (2022, 10, 1, 930, 660),
                (2023, 4, 1, 900, 630), (2023, 9, 30, 930, 660), (2024, 4, 6, 900, 630), (2024, 10, 5, 930, 660),
            ]),
        NaiveClock(
            "Africa/Casablanca", 60,
            [
                (2021, 4, 11, 120, 0), (2021, 5, 16, 120, 60), (2022, 3, 27, 120, 0), (2022, 5, 8, 120, 60),
                (2023, 3, 19, 120, 0), (2023, 4, 23, 120, 60), (2024, 3, 10, 120, 0), (2024, 4, 14, 120, 60),
            ]),
        NaiveClock(
            "America/Santiago", -180,
            [
                (2021, 4, 4, 180, -240), (2021, 9, 5, 240, -180), (2022, 4, 3, 180, -240), (2022, 9, 11, 240, -180),
                (2023, 4, 2, 180, -240), (2023, 9, 3, 240, -180), (2024, 4, 7, 180, -240), (2024, 9, 8, 240, -180),
            ]),
    ]
}
