/// The fields of a ``CronExpression``, in their order.
enum CronField: CaseIterable {
    case minute, hour, dayOfMonth, month, dayOfWeek

    /// The field as errors call it.
    var name: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .dayOfMonth: "day of month"
        case .month: "month"
        case .dayOfWeek: "day of week"
        }
    }

    /// The values that may be written.
    var range: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    /// The values that `*` stands for.
    var all: ClosedRange<Int> { self == .dayOfWeek ? 0...6 : range }

    /// The names of the values, from the first of ``all`` on; empty where there are only numbers.
    var names: [String] {
        switch self {
        case .month: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        case .dayOfWeek: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
        default: []
        }
    }

    /// Whether `?` may stand for `*`.
    var hasQuestionMark: Bool { self == .dayOfMonth || self == .dayOfWeek }

    /// What may be written, for errors.
    var allowed: String {
        let values =
            switch self {
            case .month: "1-12, JAN-DEC"
            case .dayOfWeek: "0-7 (0 and 7 are Sunday), SUN-SAT"
            default: "\(range.lowerBound)-\(range.upperBound)"
            }
        return values + (hasQuestionMark ? ", *, ?" : ", *")
            + ", and of these lists (1,3), ranges (1-5) and steps (*/2, 1-5/2)"
    }
}
