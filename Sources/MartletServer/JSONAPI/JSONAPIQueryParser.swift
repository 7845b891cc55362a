import MartletCore
import MartletHTTPServer

/// Reads the items of a query by what an endpoint declares. Pure; whatever it is given, it answers with a query or with
/// an error that names the parameter.
public struct JSONAPIQueryParser: Sendable {
    private let spec: QuerySpec
    private let filters: [String: (spec: FilterSpec, comparison: FilterSpec.Comparison)]

    /// The most values in one list of a filter: 500.
    public static let listLimit = 500
    /// The most bytes of one value: 4096.
    public static let valueLimit = 4096

    /// A parser for a declaration.
    public init(_ spec: QuerySpec) {
        self.spec = spec
        var filters: [String: (FilterSpec, FilterSpec.Comparison)] = [:]
        for filter in spec.filters {
            for comparison in filter.comparisons { filters[filter.name(comparison)] = (filter, comparison) }
        }
        self.filters = filters
    }

    /// Reads the items.
    ///
    /// - Throws: 400 for a parameter that is unknown, given twice, or has a value that it cannot have.
    public func parse(_ items: [HTTPTarget.QueryItem]) throws(APIError) -> JSONAPIQuery {
        var query = JSONAPIQuery()
        query.items = items
        var seen: Set<String> = []
        var page = PageItems()
        for item in items {
            guard seen.insert(item.name).inserted else {
                throw .parameter(item.name, "'\(shown(item.name))' is given more than once.")
            }
            if spec.ignoresUnknown, !spec.parameters.contains(where: { $0.name == item.name }) { continue }
            guard let (family, member) = Self.split(item.name) else {
                try plain(item, &query)
                continue
            }
            switch family {
            case "filter": try filter(item, member, &query)
            case "fields": try fields(item, member, &query)
            case "page": try page.take(item, member, spec.paging)
            default: throw .parameter(item.name, "The parameter '\(shown(item.name))' is unknown here.")
            }
        }
        if let paging = spec.paging { query.page = try page.page(paging) }
        try checkRequired(query)
        return query
    }

    /// `filter[status]` as `filter` and `status`; nil for a name without brackets, or with others.
    private static func split(_ name: String) -> (String, String)? {
        guard name.hasSuffix("]"), let open = name.firstIndex(of: "[") else { return nil }
        let member = name[name.index(after: open)...].dropLast()
        guard !member.isEmpty, !member.contains("["), !member.contains("]") else { return nil }
        return (String(name[..<open]), String(member))
    }

    private func shown(_ text: String) -> String { String(text.prefix(100)) }

    private func plain(_ item: HTTPTarget.QueryItem, _ query: inout JSONAPIQuery) throws(APIError) {
        switch item.name {
        case "sort" where !spec.sorts.isEmpty: query.sort = try sortKeys(item)
        case "include":
            guard !spec.includes.isEmpty else {
                throw .parameter("include", "Nothing can be included here.", code: "parse_error")
            }
            for path in item.value.split(separator: ",").map(String.init) {
                guard spec.includes.contains(path) else {
                    throw .parameter(
                        "include",
                        "'\(shown(path))' cannot be included here; \(spec.includes.joined(separator: ", ")) can.",
                        code: "parse_error")
                }
                query.include.insert(path)
            }
        default:
            guard let parameter = spec.parameters.first(where: { $0.name == item.name }) else {
                throw .parameter(item.name, "The parameter '\(shown(item.name))' is unknown here.")
            }
            query.parameters[item.name] = try FilterValueReader(name: item.name, kind: parameter.kind).value(item.value)
        }
    }

    private func sortKeys(_ item: HTTPTarget.QueryItem) throws(APIError) -> [JSONAPIQuery.SortKey] {
        var keys: [JSONAPIQuery.SortKey] = []
        for part in item.value.split(separator: ",") {
            let isDescending = part.hasPrefix("-")
            let field = String(isDescending ? part.dropFirst() : part)
            guard spec.sorts.contains(field) else {
                throw .parameter(
                    "sort", "'\(shown(field))' is no field to sort by; \(spec.sorts.joined(separator: ", ")) are.")
            }
            guard !keys.contains(where: { $0.field == field }) else {
                throw .parameter("sort", "'\(shown(field))' is named twice.")
            }
            keys.append(JSONAPIQuery.SortKey(field, descending: isDescending))
        }
        return keys
    }

    private func filter(
        _ item: HTTPTarget.QueryItem, _ member: String, _ query: inout JSONAPIQuery
    ) throws(APIError) {
        if member == "search", spec.search {
            guard item.value.utf8.count <= Self.valueLimit else {
                throw .parameter(item.name, "A search has at most \(Self.valueLimit) bytes.")
            }
            query.search = item.value.isEmpty ? nil : item.value
            return
        }
        // Prowler's clients write both `provider__in` and `provider.in`.
        let name = filters[member] == nil ? member.replacing(".", with: "__") : member
        guard let (filter, comparison) = filters[name] else {
            throw .parameter(item.name, "The filter '\(shown(item.name))' is unknown here.")
        }
        let kind = comparison == .isAbsent ? .boolean : filter.kind
        let reader = FilterValueReader(name: item.name, kind: kind)
        let isList = comparison == .within || comparison == .overlap
        let values = isList ? try reader.list(item.value) : [try reader.value(item.value)]
        query.filters.append(JSONAPIQuery.Filter(field: filter.field, comparison: comparison, values: values))
    }

    private func fields(
        _ item: HTTPTarget.QueryItem, _ member: String, _ query: inout JSONAPIQuery
    ) throws(APIError) {
        let schemas = spec.fields.filter { $0.type == member }
        guard !schemas.isEmpty else {
            throw .parameter(item.name, "Answers have no '\(shown(member))' whose fields could be chosen.")
        }
        var names: Set<String> = []
        for name in item.value.split(separator: ",").map(String.init) {
            guard name == "id" || schemas.contains(where: { $0.fieldNames.contains(name) }) else {
                throw .parameter(item.name, "'\(shown(member))' has no field '\(shown(name))'.")
            }
            names.insert(name)
        }
        query.fields[member] = names
    }

    private func checkRequired(_ query: JSONAPIQuery) throws(APIError) {
        for filter in spec.filters where filter.isRequired {
            guard query.filters.contains(where: { $0.field == filter.field }) else {
                throw .parameter("filter[\(filter.field)]", "filter[\(filter.field)] is needed here.", code: "required")
            }
        }
        for parameter in spec.parameters where parameter.isRequired && query.parameters[parameter.name] == nil {
            throw .parameter(parameter.name, "\(parameter.name) is needed here.", code: "required")
        }
    }
}
