import MartletCore
import MartletStore

/// The filters of resources, and what they mean for the store.
enum ResourceFilters {
    static let own: [FilterSpec] =
        AccountConditions.filters + [
            FilterSpec("id", .uuid, [.equal, .within]), FilterSpec("uid", .text, [.equal, .within, .contains]),
            FilterSpec("name", .text, [.equal, .within, .contains]),
            FilterSpec("region", .text, [.equal, .within, .contains]),
            FilterSpec("service", .text, [.equal, .within, .contains]),
            FilterSpec("type", .text, [.equal, .within, .contains]),
            FilterSpec("tag_key", .text), FilterSpec("tag_value", .text), FilterSpec("tag", .text),
            FilterSpec("tags", .text),
        ]

    static let moments: [FilterSpec] = [
        FilterSpec("scan", .uuid, [.equal, .within]),
        FilterSpec("updated_at", .time, [.equal, .atLeast, .atMost]),
        FilterSpec("inserted_at", .time, [.equal, .atLeast, .atMost]),
    ]

    static let sorts = ["provider_uid", "uid", "name", "region", "service", "type", "inserted_at", "updated_at"]

    /// What a query asks for, and the scan at which it is read; nil for what is published.
    static func selection(
        _ context: RequestContext, _ reader: StoreReader
    ) throws -> (query: ResourceQuery, scan: String?) {
        let query = context.query
        let accounts = try AccountConditions.accounts(context, reader)
        var wanted = ResourceQuery()
        // Of resources the times are their own, not those of scans.
        var scanned = query
        scanned.filters.removeAll { $0.field == "inserted_at" }
        let moment = try ScanMoment.of(scanned, accounts, context, reader)
        wanted.accounts.numbers = moment.accounts
        if let ids = query.texts("id") { wanted.numbers = Set(ids.compactMap { ResourceNumber(identifier: $0) }) }
        for text in ResourceQuery.Text.allCases {
            if let values = query.texts(text.rawValue) { wanted.texts[text] = values.sorted() }
            if let part = query.text(text.rawValue, .contains), !part.isEmpty { wanted.parts[text] = part }
        }
        if let key = query.text("tag_key") { wanted.tags.append(TagFilter(key: key, value: nil)) }
        if let tag = query.text("tag") { wanted.tags.append(try FindingFilters.tagFilter(tag)) }
        wanted.tagValue = query.text("tag_value")
        wanted.anyTag = query.text("tags")
        wanted.search = query.search
        wanted.firstSeen = try query.range("inserted_at")
        wanted.updated = try query.range("updated_at")
        wanted.order = query.sort.map { key in
            let by: ResourceQuery.Order =
                switch key.field {
                case "provider_uid": .accountUID
                case "inserted_at": .firstSeen
                case "updated_at": .updated
                default: ResourceQuery.Order(rawValue: key.field) ?? .uid
                }
            return ResourceQuery.Term(by, isDescending: key.isDescending)
        }
        return (wanted, moment.scan)
    }
}
