import MartletCore
import MartletHTTPServer

/// The links and the numbers of a page.
public struct PageLinks: Sendable, Hashable {
    private let base: String
    private let items: [HTTPTarget.QueryItem]
    private let page: JSONAPIQuery.Page
    private let count: ListCount
    private let next: String?

    /// The links of a page.
    ///
    /// - Parameters:
    ///   - context: The request, whose other parameters the links keep.
    ///   - count: How many entries the whole list has.
    ///   - next: The cursor after the last entry of this page; nil at the end of the list, or where there are no cursors.
    public init(_ context: RequestContext, count: ListCount, next: String? = nil) {
        self.init(
            base: context.origin + context.request.target.rawPath, query: context.query, count: count, next: next)
    }

    /// The links of a page at an address.
    public init(base: String, query: JSONAPIQuery, count: ListCount, next: String? = nil) {
        self.base = base
        items = query.items
        page = query.page
        self.count = count
        self.next = next
    }

    private var pages: Int { max(1, (count.value + page.size - 1) / max(1, page.size)) }

    func write(_ json: inout JSONWriter) {
        json.key("links")
        json.beginObject()
        switch page {
        case .number(let number, let size):
            let reach = max(1, JSONAPI.numberedRows / max(1, size))
            json.field("first", link("page[number]", "1"))
            json.field("last", link("page[number]", String(min(pages, reach))))
            if number < pages, number < reach {
                json.field("next", link("page[number]", String(number + 1)))
            } else {
                json.field("next", next.map { link("page[after]", $0) })
            }
            json.field("prev", number > 1 ? link("page[number]", String(min(number - 1, pages))) : nil)
        case .after:
            json.field("first", link("page[after]", ""))
            json.field("last", String?.none)
            json.field("next", next.map { link("page[after]", $0) })
            json.field("prev", String?.none)
        case .all:
            json.field("first", link("page[number]", "1"))
            json.field("last", String?.none)
            json.field("next", String?.none)
            json.field("prev", String?.none)
        }
        json.endObject()
    }

    func writeMeta(_ json: inout JSONWriter) {
        json.key("pagination")
        json.beginObject()
        if case .number(let number, _) = page { json.field("page", number) }
        json.field("pages", pages)
        json.field("count", count.value)
        if !count.isExact { json.field("estimated", true) }
        json.endObject()
    }

    private func link(_ name: String, _ value: String) -> String {
        var kept = items.filter { $0.name != "page[number]" && $0.name != "page[after]" }
        kept.append(HTTPTarget.QueryItem(name, value))
        kept.sort { $0.name < $1.name }
        return base + "?"
            + kept.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
            .joined(separator: "&")
    }
}

extension JSONAPIQuery {
    /// Refuses numbers of pages beyond the first for lists that are read on by cursor.
    func requireCursor(_ what: String) throws {
        if case .number(let number, _) = page, number > 1 {
            throw APIError.parameter("page[number]", "\(what) are read on by page[after]; follow links.next.")
        }
    }
}
