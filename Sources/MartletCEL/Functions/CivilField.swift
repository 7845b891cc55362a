/// The parts of a moment that functions give, by the function's name.
enum CivilField: String, CaseIterable, Sendable {
    case fullYear = "getFullYear"
    case month = "getMonth"
    case dayOfYear = "getDayOfYear"
    case dayOfMonth = "getDayOfMonth"
    case date = "getDate"
    case dayOfWeek = "getDayOfWeek"
    case hours = "getHours"
    case minutes = "getMinutes"
    case seconds = "getSeconds"
    case milliseconds = "getMilliseconds"

    /// The nanoseconds of one, for those that a span of time has as well.
    var unit: Int64? {
        switch self {
        case .hours: 3_600_000_000_000
        case .minutes: 60_000_000_000
        case .seconds: 1_000_000_000
        case .milliseconds: 1_000_000
        default: nil
        }
    }

    /// Months, days of the year and of the month count from 0, `getDate` from 1, the week from Sunday.
    func value(_ time: CivilTime, nanoseconds: Int32) -> Int64 {
        switch self {
        case .fullYear: time.year
        case .month: time.month - 1
        case .dayOfYear: time.dayOfYear
        case .dayOfMonth: time.day - 1
        case .date: time.day
        case .dayOfWeek: time.weekday
        case .hours: time.secondOfDay / 3600
        case .minutes: time.secondOfDay / 60 % 60
        case .seconds: time.secondOfDay % 60
        case .milliseconds: Int64(nanoseconds / 1_000_000)
        }
    }
}
