import MartletHTTPServer

/// A list that is small enough to be read as a whole: filtered, sorted and cut into pages here.
struct WholeList<Row: Sendable>: Sendable {
    /// All rows, in the list's own order.
    let rows: [Row]
    /// What filters and sorting compare, by field.
    let fields: [String: @Sendable (Row) -> ListValue]
    /// The fields that `filter[search]` looks into.
    var searched: [String] = []

    /// The rows of the page that a query asks for, and how many there are on all pages.
    func page(_ query: JSONAPIQuery) -> (rows: ArraySlice<Row>, count: Int) {
        let found = sorted(rows.filter { passes($0, query) }, query.sort)
        let start = min(query.page.offset, found.count)
        return (found[start..<min(start + query.page.size, found.count)], found.count)
    }

    private func passes(_ row: Row, _ query: JSONAPIQuery) -> Bool {
        for filter in query.filters {
            guard let field = fields[filter.field], field(row).passes(filter) else { return false }
        }
        guard let search = query.search else { return true }
        return searched.contains { fields[$0]?(row).contains(search) ?? false }
    }

    private func sorted(_ rows: [Row], _ keys: [JSONAPIQuery.SortKey]) -> [Row] {
        guard !keys.isEmpty else { return rows }
        let values = rows.map { row in keys.map { fields[$0.field]?(row) ?? .boolean(false) } }
        let order = rows.indices.sorted { left, right in
            for (place, key) in keys.enumerated() {
                let (first, second) = (values[left][place], values[right][place])
                if first.precedes(second) { return !key.isDescending }
                if second.precedes(first) { return key.isDescending }
            }
            return left < right
        }
        return order.map { rows[$0] }
    }
}
