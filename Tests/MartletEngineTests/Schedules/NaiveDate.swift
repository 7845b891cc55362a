/// A date of the years 2021 to 2024, counted on the fingers.
struct NaiveDate {
    var month: Int
    var day: Int
    /// 0 is Sunday.
    var weekday: Int

    private static func length(_ year: Int, _ month: Int) -> Int {
        [31, year == 2024 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Days since 2021-01-01.
    static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        var number = day - 1
        for earlier in 2021..<max(year, 2021) { number += earlier == 2024 ? 366 : 365 }
        for earlier in 1..<max(month, 1) { number += length(year, earlier) }
        return number
    }

    /// The days from 2020-12-31 to 2025-01-01: one more at either end, for clocks ahead and behind. 2020-12-31 was a
    /// Thursday.
    static let all: [NaiveDate] = {
        var dates = [NaiveDate(month: 12, day: 31, weekday: 4)]
        for year in NaiveClock.years {
            for month in 1...12 {
                for day in 1...length(year, month) {
                    dates.append(NaiveDate(month: month, day: day, weekday: (dates.count + 4) % 7))
                }
            }
        }
        return dates + [NaiveDate(month: 1, day: 1, weekday: (dates.count + 4) % 7)]
    }()
}
