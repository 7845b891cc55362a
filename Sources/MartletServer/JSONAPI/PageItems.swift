import MartletHTTPServer

/// The `page[…]` items of a query as they are met.
struct PageItems {
    private var number: Int?
    private var size: Int?
    private var after: String?
    private var isDisabled = false

    mutating func take(
        _ item: HTTPTarget.QueryItem, _ member: String, _ spec: PagingSpec?
    ) throws(APIError) {
        guard let spec else { throw .parameter(item.name, "This is not given in pages.") }
        switch member {
        case "number": number = try whole(item)
        case "size": size = try whole(item)
        case "after" where spec.cursors:
            guard item.value.utf8.count <= 1024 else { throw .parameter(item.name, "This is no cursor of ours.") }
            after = item.value
        case "disable" where spec.disable: isDisabled = item.value.lowercased() == "true"
        default: throw .parameter(item.name, "The parameter '\(item.name.prefix(100))' is unknown here.")
        }
    }

    func page(_ spec: PagingSpec) throws(APIError) -> JSONAPIQuery.Page {
        if isDisabled { return .all(limit: JSONAPI.numberedRows) }
        let size = min(size ?? spec.size, spec.maximum)
        if let after {
            guard number == nil else {
                throw .parameter("page[after]", "page[after] and page[number] exclude each other.")
            }
            return .after(after, size: size)
        }
        let number = number ?? 1
        let (rows, isTooMuch) = number.multipliedReportingOverflow(by: size)
        guard !isTooMuch, rows - size < JSONAPI.numberedRows else {
            throw .parameter(
                "page[number]",
                "Page numbers reach \(JSONAPI.numberedRows) rows"
                    + (spec.cursors ? "; begin again with page[after]= and follow links.next." : "."))
        }
        return .number(number, size: size)
    }

    private func whole(_ item: HTTPTarget.QueryItem) throws(APIError) -> Int {
        guard let number = Int(item.value), number >= 1, item.value.utf8.first != UInt8(ascii: "+") else {
            throw .parameter(item.name, "\(item.name) is a whole number from 1.")
        }
        return number
    }
}
