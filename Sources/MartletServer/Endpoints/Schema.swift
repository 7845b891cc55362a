/// The form of a JSON value, for OpenAPI and for reading requests; a part of JSON Schema.
public indirect enum Schema: Sendable, Hashable {
    /// A text, of at most so many code points where a length is given.
    case string(maxLength: Int? = nil)
    /// A text of a form that JSON Schema names: `uuid`, `date-time`, `date`, `email`, `uri`, `password`.
    case format(String)
    /// One of these texts.
    case choice([String])
    /// A whole number, within a range where one is given.
    case integer(ClosedRange<Int64>? = nil)
    /// Any number.
    case number
    /// `true` or `false`.
    case boolean
    /// Any value.
    case any
    /// An array, of at most so many elements where a number is given.
    case array(Schema, max: Int? = nil)
    /// An object of these members and no others.
    case object([Property])
    /// An object of any keys whose values have this form.
    case map(Schema)
    /// This, or `null`.
    case nullable(Schema)
    /// The component of this name.
    case reference(String)

    /// A moment, RFC 3339 with milliseconds and `Z`.
    public static let time = Schema.format("date-time")
    /// A UUID.
    public static let uuid = Schema.format("uuid")
}
