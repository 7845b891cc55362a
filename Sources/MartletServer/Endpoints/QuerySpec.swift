/// What the query of an endpoint may have; anything else is refused with 400.
public struct QuerySpec: Sendable, Hashable {
    /// `filter[…]`.
    public var filters: [FilterSpec]
    /// Whether `filter[search]` is understood.
    public var search: Bool
    /// Fields for `sort`, each also with `-` before it.
    public var sorts: [String]
    /// Paths for `include`.
    public var includes: [String]
    /// Resources whose `fields[type]` may be given.
    public var fields: [ResourceSchema]
    /// How the list is paged; nil for what is no list.
    public var paging: PagingSpec?
    /// Other parameters.
    public var parameters: [ParameterSpec]
    /// Whether others are passed over instead: where it is not Martlet's clients that write the query.
    public var ignoresUnknown = false

    /// A query of its parts; without any, no parameter is understood.
    public init(
        filters: [FilterSpec] = [], search: Bool = false, sorts: [String] = [], includes: [String] = [],
        fields: [ResourceSchema] = [], paging: PagingSpec? = nil, parameters: [ParameterSpec] = []
    ) {
        self.filters = filters
        self.search = search
        self.sorts = sorts
        self.includes = includes
        self.fields = fields
        self.paging = paging
        self.parameters = parameters
    }

    /// No parameters.
    public static let none = QuerySpec()
}
