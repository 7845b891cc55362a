import MartletCore

/// When a schedule runs: five fields as in crontab(5), minute, hour, day of month, month and day of week.
///
/// A field is a list of values, ranges and steps (`1,5`, `1-5`, `*/10`, `8-18/2`); months and days of the week have
/// names (`JAN`, `SUN`), 0 and 7 are both Sunday, and `?` stands for `*` in the two fields of days. `@hourly`, `@daily`,
/// `@weekly`, `@monthly` and `@yearly` are short forms. Letters may have either case.
///
/// **Both fields of days.** Where neither begins with `*` or `?`, a day matches if either does, else if both do
/// (Vixie's cron).
///
/// **Daylight saving.** What a change of the clock means for a slot depends on whether the expression allows all 24
/// hours of the day; ``runsByElapsedTime`` tells, and ``next(after:in:)`` says what follows.
public struct CronExpression: Sendable, Hashable, CustomStringConvertible {
    /// The expression as it was given, with single blanks and without blanks around it.
    public let text: String
    /// Bit *n* is set where value *n* is allowed; 7 as a day of the week has become 0.
    let minutes, hours, daysOfMonth, months, daysOfWeek: UInt64
    /// Whether one matching field of days is enough.
    let eitherDay: Bool

    /// The longest text that is read, in bytes; every set of values can be said in fewer.
    public static let maximumLength = 512

    /// Reads an expression. Throws an `invalid_input` error that names the field, what was found and what is allowed;
    /// also for dates that never come, such as `0 0 30 2 *`.
    public init(_ text: String) throws {
        guard text.utf8.count <= Self.maximumLength else {
            throw Self.error("is longer than \(Self.maximumLength) bytes; write ranges instead of lists")
        }
        let words = text.split { $0 == " " || $0 == "\t" }
        self.text = words.joined(separator: " ")
        let fields = try Self.fields(words)
        let sets = try zip(CronField.allCases, fields).map { field, text in try field.read(text) }
        guard sets.count == 5 else { throw Self.error("has no five fields") }
        minutes = sets[0].values
        hours = sets[1].values
        daysOfMonth = sets[2].values
        months = sets[3].values
        daysOfWeek = sets[4].values
        eitherDay = !sets[2].unrestricted && !sets[4].unrestricted
        guard eitherDay || comesInSomeYear else {
            throw Self.error(
                "never comes: none of its months has day '\(fields[2])'; February has at most 29 days, April, June, "
                    + "September and November have 30")
        }
    }

    /// The same as ``text``.
    public var description: String { text }

    /// Whether all 24 hours are allowed, so that slots follow elapsed time and not the hour that the clock shows.
    public var runsByElapsedTime: Bool { hours == 1 << 24 - 1 }

    /// Weekdays need no look: in 400 years every date, 29 February too, falls on each of them.
    private var comesInSomeYear: Bool {
        (1...12).contains { months >> UInt64($0) & 1 == 1 && daysOfMonth & (2 << Self.longest(month: $0) - 1) != 0 }
    }

    private static func longest(month: Int) -> UInt64 { UInt64(Timestamp.days(in: month, of: 2000)) }

    private static func fields(_ words: [Substring]) throws -> [Substring] {
        if words.count == 1, let word = words.first, word.hasPrefix("@") {
            guard let fields = shortForms[word.lowercased()] else {
                throw error(
                    "has the short form \(quoted(word)); allowed are \(shortForms.keys.sorted().joined(separator: ", "))"
                )
            }
            return fields.split(separator: " ")
        }
        guard words.count == 5 else {
            let names = CronField.allCases.map(\.name).joined(separator: ", ")
            let zone = words.first?.contains("=") == true ? "; the time zone is an option of its own" : ""
            throw error("has \(words.count) fields, but needs 5: \(names); there are no seconds and no years\(zone)")
        }
        return words
    }

    private static let shortForms = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *",
        "@yearly": "0 0 1 1 *",
    ]

    private static func error(_ message: String) -> MartletError {
        MartletError(.invalidInput, "it \(message)", place: "cron expression")
    }

    /// What a user wrote, for an error: short, and without control characters.
    static func quoted(_ text: some StringProtocol) -> String { MartletError.quoted(text) }
}
