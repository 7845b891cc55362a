import MartletCore
import MartletHTTPServer
import MartletStore

/// `/api/v1/diff`: what differs between two scans of an account.
enum DiffEndpoints {
    private static let schema = ResourceSchema(
        "finding-differences", component: "FindingDifference",
        attributes: [
            Property("kind", .choice(DiffRow.Kind.allCases.map(\.rawValue))),
            Property("status_before", .nullable(.string())), Property("status_after", .nullable(.string())),
            Property("check_id", .string()), Property("severity", .string()), Property("status_extended", .string()),
            Property("resource_uid", .string()), Property("resource_name", .string()),
            Property("regions", .array(.string())), Property("muted", .boolean), Property("first_seen_at", .time),
        ], relationships: [.one("finding", FindingShape.type), .one("from", "scans"), .one("to", "scans")])

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/diff", operation: "diff_list", tag: "Findings",
            summary: "Drift: differences between two scans, or between the two newest of each account.",
            access: .authenticated,
            query: QuerySpec(
                filters: AccountConditions.filters, fields: [schema], paging: PagingSpec(size: 100, cursors: true),
                parameters: [
                    ParameterSpec("from", .uuid, "The earlier scan; together with to."),
                    ParameterSpec("to", .uuid, "The later scan; together with from."),
                ]), responses: [ResponseSpec(200, .list(schema))], validator: PostureTag.validator, handler: list)
    ]

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let (from, to) = (query.parameters["from"]?.text, query.parameters["to"]?.text)
        guard (from == nil) == (to == nil) else {
            throw APIError.parameter(from == nil ? "from" : "to", "from and to are given together, or neither.")
        }
        try query.requireCursor("Differences")
        let (page, accounts, next) = try await context.store.readRetrying { reader in
            for scan in [from, to].compactMap({ $0 }) { _ = try context.scan(scan, reader) }
            let list = try ListCursor(context, reader)
            let accounts = AccountFilter(numbers: try AccountConditions.accounts(context, list.reader))
            let page = try list.reader.diff(
                from: from, to: to, account: accounts, after: try list.place.map { try DiffCursor($0) },
                limit: query.page.size)
            let next = try list.next(page.next?.description, of: accounts, at: nil, count: .estimate(0))
            return (page, page.header.pairs, next)
        }
        let pairs = Dictionary(accounts.map { ($0.account, $0) }) { first, _ in first }
        var writer = context.writer()
        writer.beginList()
        for row in page.rows {
            let finding = row.finding
            writer.resource(ResourceIdentifier(schema.type, finding.identifier)) { resource in
                resource.attribute("kind", row.kind.rawValue)
                resource.attribute("status_before", row.statusBefore?.name)
                resource.attribute("status_after", row.statusAfter?.name)
                resource.attribute("check_id", finding.check.check)
                resource.attribute("severity", finding.severity.name)
                resource.attribute("status_extended", finding.detail)
                resource.attribute("resource_uid", finding.resource.uid)
                resource.attribute("resource_name", finding.resource.name)
                resource.attribute("regions", finding.regions)
                resource.attribute("muted", finding.muted)
                resource.attribute("first_seen_at", finding.firstSeenAt)
                resource.one("finding", ResourceIdentifier(FindingShape.type, finding.identifier))
                resource.one("from", pairs[finding.account]?.from.map { ResourceIdentifier("scans", $0) })
                resource.one("to", (pairs[finding.account]?.to).map { ResourceIdentifier("scans", $0) })
            }
        }
        let seen = page.rows.count + (next == nil ? 0 : 1)
        writer.endList(links: PageLinks(context, count: .estimate(seen), next: next))
        return writer.response()
    }
}
