/// An expression in two forms: as text, and as sets written down beside it.
struct NaiveSchedule: Sendable {
    let text: String
    let minutes, hours, days, months, weekdays: Set<Int>
    /// Whether one of the two fields of days is enough.
    var either = false

    init(
        _ text: String, minutes: Set<Int> = Set(0...59), hours: Set<Int> = Set(0...23), days: Set<Int> = Set(1...31),
        months: Set<Int> = Set(1...12), weekdays: Set<Int> = Set(0...6), either: Bool = false
    ) {
        self.text = text
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        self.weekdays = weekdays
        self.either = either
    }

    /// For each minute from 2020-12-31T00:00 to 2025-01-01T23:59 of a clock: whether it is named.
    func named() -> [Bool] {
        let times = (0..<1440).map { hours.contains($0 / 60) && minutes.contains($0 % 60) }
        let never = [Bool](repeating: false, count: 1440)
        return NaiveDate.all.flatMap { date in
            let byDate = days.contains(date.day)
            let byWeekday = weekdays.contains(date.weekday)
            let day = months.contains(date.month) && (either ? byDate || byWeekday : byDate && byWeekday)
            return day ? times : never
        }
    }

    /// The slots in minutes since 2021-01-01T00:00Z, by walking over every minute. With every hour: the minutes whose
    /// reading is named. Else: the minutes at which the clock comes, for the first time, to or past a named reading.
    ///
    /// Pointers, because unoptimised code takes ten times as long with arrays.
    func slots(_ readings: [Int]) -> [Int] {
        var slots: [Int] = []
        named().withUnsafeBufferPointer { named in
            readings.withUnsafeBufferPointer { readings in
                guard let named = named.baseAddress, let first = readings.baseAddress else { return }
                let everyHour = hours.count == 24
                var highest = first.pointee - 1
                var minute = 0
                while minute < NaiveClock.minutes {
                    let reading = first[minute]
                    var passed = everyHour ? reading : highest + 1
                    while passed <= reading {
                        if named[passed + 1440] {
                            slots.append(minute)
                            break
                        }
                        passed += 1
                    }
                    if reading > highest { highest = reading }
                    minute += 1
                }
            }
        }
        return slots
    }

    static let all = [
        NaiveSchedule("* * * * *"),
        NaiveSchedule("*/15 * * * ?", minutes: [0, 15, 30, 45]),
        NaiveSchedule("@hourly", minutes: [0]),
        NaiveSchedule("17,45-47 */1 * * *", minutes: [17, 45, 46, 47]),
        NaiveSchedule("*/10 * * FEB-apr SUN", minutes: [0, 10, 20, 30, 40, 50], months: [2, 3, 4], weekdays: [0]),
        NaiveSchedule("@daily", minutes: [0], hours: [0]),
        NaiveSchedule("@weekly", minutes: [0], hours: [0], weekdays: [0]),
        NaiveSchedule("@monthly", minutes: [0], hours: [0], days: [1]),
        NaiveSchedule("@YEARLY", minutes: [0], hours: [0], days: [1], months: [1]),
        NaiveSchedule("30 2 * * *", minutes: [30], hours: [2]),
        NaiveSchedule("*/20 1-3 * * *", minutes: [0, 20, 40], hours: [1, 2, 3]),
        NaiveSchedule("59 23 * * 7", minutes: [59], hours: [23], weekdays: [0]),
        NaiveSchedule("0 */6 * * *", minutes: [0], hours: [0, 6, 12, 18]),
        NaiveSchedule("5 0-23/2 * * *", minutes: [5], hours: Set(stride(from: 0, to: 24, by: 2))),
        NaiveSchedule("0 3 31 * *", minutes: [0], hours: [3], days: [31]),
        NaiveSchedule("0 12 29 2 *", minutes: [0], hours: [12], days: [29], months: [2]),
        NaiveSchedule("15 2 28-31 2,3,10 *", minutes: [15], hours: [2], days: [28, 29, 30, 31], months: [2, 3, 10]),
        NaiveSchedule("0 0 13 * FRI", minutes: [0], hours: [0], days: [13], weekdays: [5], either: true),
        NaiveSchedule(
            "0 0 */2 * MON", minutes: [0], hours: [0], days: Set(stride(from: 1, to: 32, by: 2)), weekdays: [1]),
        NaiveSchedule("30 1 1-7 * */6", minutes: [30], hours: [1], days: Set(1...7), weekdays: [0, 6]),
        NaiveSchedule(
            "45 1,2 ? 3-11 FRI-SUN", minutes: [45], hours: [1, 2], months: Set(3...11), weekdays: [5, 6, 0]),
    ]
}
