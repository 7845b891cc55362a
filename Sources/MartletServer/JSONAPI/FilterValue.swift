import MartletCore

/// A value of a filter, read as the filter declares.
public enum FilterValue: Sendable, Hashable {
    /// A text, or one of the texts to choose from.
    case text(String)
    /// A UUID in lower case.
    case uuid(String)
    /// A whole number.
    case integer(Int64)
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole day, by its first moment in UTC.
    case day(Timestamp)
    /// A moment.
    case time(Timestamp)

    /// The text of a text or a UUID; nil for other kinds.
    public var text: String? {
        switch self {
        case .text(let text), .uuid(let text): text
        default: nil
        }
    }

    /// The first millisecond that a day or moment means; nil for other kinds.
    public var start: Timestamp? {
        switch self {
        case .day(let time), .time(let time): time
        default: nil
        }
    }

    /// The last millisecond that a day or moment means; nil for other kinds.
    public var end: Timestamp? {
        switch self {
        case .day(let time): Timestamp(milliseconds: time.milliseconds + 86_399_999)
        case .time(let time): time
        default: nil
        }
    }
}
