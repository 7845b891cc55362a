/// A filter of a list: a field, how its values are written, and in which ways they are compared.
public struct FilterSpec: Sendable, Hashable {
    /// How a value is compared with the field.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        /// `filter[status]=FAIL`: equal.
        case equal = ""
        /// `filter[status__in]=FAIL,PASS`: equal to one of a list.
        case within = "in"
        /// `filter[name__icontains]=prod`: contains, without regard to case.
        case contains = "icontains"
        /// `filter[framework__iexact]=cis`: equal, without regard to case.
        case equalIgnoringCase = "iexact"
        /// `filter[inserted_at__gte]`: at or after, or no less than.
        case atLeast = "gte"
        /// `filter[inserted_at__lte]`: at or before, or no more than.
        case atMost = "lte"
        /// `filter[inserted_at__date]`: on that day.
        case onDay = "date"
        /// `filter[regions__overlap]`: shares a value with a list.
        case overlap = "overlap"
        /// `filter[name__isnull]`: is absent (true or false).
        case isAbsent = "isnull"
    }

    /// How a value is written.
    public enum Kind: Sendable, Hashable {
        /// Any text of at most 4096 bytes.
        case text
        /// A UUID.
        case uuid
        /// A whole number of this range.
        case integer(ClosedRange<Int64>)
        /// `true` or `false`.
        case boolean
        /// A day (`2026-11-20`) or a moment (RFC 3339).
        case time
        /// One of these texts.
        case choice([String])
    }

    /// The field, such as `status`.
    public let field: String
    /// How its values are written.
    public let kind: Kind
    /// The comparisons that are possible.
    public let comparisons: [Comparison]
    /// Whether one of the field's filters must be there.
    public let isRequired: Bool

    /// A filter of its parts.
    public init(_ field: String, _ kind: Kind, _ comparisons: [Comparison] = [.equal], required: Bool = false) {
        self.field = field
        self.kind = kind
        self.comparisons = comparisons
        isRequired = required
    }

    /// The name within the brackets for a comparison: `status` or `status__in`.
    public func name(_ comparison: Comparison) -> String {
        comparison == .equal ? field : "\(field)__\(comparison.rawValue)"
    }
}
