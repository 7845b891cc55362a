import MartletHTTPServer

/// The query of a request, read by what its endpoint declares (``QuerySpec``).
public struct JSONAPIQuery: Sendable, Hashable {
    /// One filter that was given.
    public struct Filter: Sendable, Hashable {
        /// The field, such as `status`.
        public let field: String
        /// How the values are compared.
        public let comparison: FilterSpec.Comparison
        /// At least one; more than one only for lists.
        public let values: [FilterValue]

        /// A filter of its parts.
        public init(field: String, comparison: FilterSpec.Comparison, values: [FilterValue]) {
            self.field = field
            self.comparison = comparison
            self.values = values
        }
    }

    /// A field to sort by.
    public struct SortKey: Sendable, Hashable {
        /// The field, one of those declared.
        public let field: String
        /// Whether the largest comes first.
        public let isDescending: Bool

        /// A key of its parts.
        public init(_ field: String, descending: Bool = false) {
            self.field = field
            isDescending = descending
        }
    }

    /// The part of a list that is asked for.
    public enum Page: Sendable, Hashable {
        /// The page of this number, from 1; `size` entries a page.
        case number(Int, size: Int)
        /// `size` entries after the place that an opaque cursor names; an empty one means the beginning.
        case after(String, size: Int)
        /// All, up to `limit` entries (`page[disable]=true`).
        case all(limit: Int)

        /// The most entries to give.
        public var size: Int {
            switch self {
            case .number(_, let size), .after(_, let size): size
            case .all(let limit): limit
            }
        }

        /// The entries before those of a numbered page; 0 otherwise.
        public var offset: Int {
            if case .number(let number, let size) = self { (number - 1) * size } else { 0 }
        }
    }

    /// The filters in their order, without `filter[search]`.
    public var filters: [Filter] = []
    /// `filter[search]`; nil without one.
    public var search: String?
    /// `sort`, in order; empty for the list's own order.
    public var sort: [SortKey] = []
    /// `include`, each a declared path.
    public var include: Set<String> = []
    /// `fields[type]`: the attributes and relationships to give; types that are not named give all.
    public var fields: [String: Set<String>] = [:]
    /// The part of the list.
    public var page = Page.number(1, size: 10)
    /// The other parameters by name.
    public var parameters: [String: FilterValue] = [:]
    /// All parameters as they were given, decoded, for links.
    public var items: [HTTPTarget.QueryItem] = []

    /// A query without parameters.
    public init() {}

    /// The values of `field` under a comparison; nil when the filter was not given.
    public func values(_ field: String, _ comparison: FilterSpec.Comparison = .equal) -> [FilterValue]? {
        filters.first { $0.field == field && $0.comparison == comparison }?.values
    }

    /// The values that `filter[field]` and `filter[field__in]` allow together as texts; nil when neither was given. Where
    /// both were given, those in both.
    public func texts(_ field: String) -> Set<String>? {
        let lists = filters.filter { $0.field == field && ($0.comparison == .equal || $0.comparison == .within) }
        guard let first = lists.first else { return nil }
        return lists.dropFirst().reduce(Set(first.values.compactMap(\.text))) { result, filter in
            result.intersection(filter.values.compactMap(\.text))
        }
    }

    /// Whether `fields[type]` leaves the field in.
    public func wants(_ field: String, of type: String) -> Bool { fields[type]?.contains(field) ?? true }
}
