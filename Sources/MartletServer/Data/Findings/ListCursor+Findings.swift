import MartletCore
import MartletStore

extension ListCursor {
    /// A page of findings, by number or behind the cursor's place, with the cursor of the next one and the list's length.
    func page(
        _ selection: FindingFilters.Selection, _ order: FindingOrder, _ context: RequestContext
    ) throws -> (page: FindingPage, next: String?, count: ListCount) {
        let query = context.query
        let page: FindingPage
        if case .after = query.page {
            guard order.terms.allSatisfy({ $0.key == .status || $0.key == .severity }) else {
                throw APIError.parameter(
                    "sort", "A list that is read by page[after] is ordered by status and severity.")
            }
            page = try reader.findings(
                selection.filter, at: selection.scan, after: try place.map { try FindingCursor($0) },
                limit: query.page.size, order: order)
        } else {
            page = try reader.findingPage(
                selection.filter, order: order, at: selection.scan, offset: query.page.offset, limit: query.page.size)
        }
        let count = try count { context.count(try reader.findingCount(selection.filter, at: selection.scan)) }
        let next = try next(
            page.next?.description, of: selection.filter.accounts, at: selection.scan, count: count)
        return (page, next, count)
    }
}
