import MartletCore
import MartletStore

/// The short texts of table cells and CSV fields.
enum CellText {
    /// To the second, without the date's `T`: short enough for a column.
    static func time(_ time: Timestamp?) -> String {
        guard let text = time?.rfc3339 else { return "-" }
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8)
    }

    static func or(_ text: String, _ placeholder: String = "-") -> String { text.isEmpty ? placeholder : text }

    /// The name where there is one, else the end of the uid, which tells more than its beginning.
    static func resource(_ resource: ResourceObservation) -> String {
        resource.name.isEmpty ? or(resource.uid) : resource.name
    }

    static func tags(_ tags: [Tag]) -> String { tags.map { "\($0.key)=\($0.value)" }.joined(separator: " ") }

    /// A scan's id as a table shows it: enough to name it, since ids of one day share their beginning.
    static func scan(_ id: String) -> String { id }

    static func seconds(_ milliseconds: Int64) -> String { Quantity.decimal(Double(milliseconds) / 1000, 3) }
}
