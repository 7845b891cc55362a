import MartletCore
import MartletHTTPServer
import MartletStore

/// `/api/v1/resources`.
enum ResourceEndpoints {
    private static let withMoments = ResourceFilters.own + ResourceFilters.moments
    private static let metadata = ResourceSchema(
        "resources-metadata", component: "ResourceMetadata", id: .nullable(.string()),
        attributes: [
            Property("services", .array(.string())), Property("regions", .array(.string())),
            Property("types", .array(.string())), Property("groups", .array(.string())),
        ])

    private static func query(_ filters: [FilterSpec], isList: Bool = true) -> QuerySpec {
        QuerySpec(
            filters: filters, search: true, sorts: ResourceFilters.sorts,
            includes: isList ? ["findings", "provider"] : [],
            fields: isList ? [ResourceShape.schema, FindingShape.schema, AccountShape.schema] : [metadata],
            paging: isList ? PagingSpec(cursors: true) : nil)
    }

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/resources", operation: "resources_list", tag: "Resources",
            summary: "Resources of the published postures, or of a scan.", access: .authenticated,
            query: query(withMoments), responses: [ResponseSpec(200, .list(ResourceShape.schema))],
            validator: PostureTag.validator, handler: list),
        Endpoint(
            .get, "/api/v1/resources/latest", operation: "resources_latest_retrieve", tag: "Resources",
            summary: "Resources of the published postures.", access: .authenticated,
            query: query(ResourceFilters.own), responses: [ResponseSpec(200, .list(ResourceShape.schema))],
            validator: PostureTag.validator, handler: list),
        Endpoint(
            .get, "/api/v1/resources/metadata", operation: "resources_metadata_retrieve", tag: "Resources",
            summary: "The values by which resources can be filtered.", access: .authenticated,
            query: query(withMoments, isList: false), responses: [ResponseSpec(200, .resource(metadata))],
            validator: PostureTag.validator, handler: values),
        Endpoint(
            .get, "/api/v1/resources/metadata/latest", operation: "resources_metadata_latest_retrieve",
            tag: "Resources", summary: "The same of the published postures.", access: .authenticated,
            query: query(ResourceFilters.own, isList: false), responses: [ResponseSpec(200, .resource(metadata))],
            validator: PostureTag.validator, handler: values),
        Endpoint(
            .get, "/api/v1/resources/{id}", operation: "resources_retrieve", tag: "Resources",
            summary: "One resource with its findings.", access: .authenticated,
            query: QuerySpec(
                filters: [FilterSpec("scan", .uuid)], includes: ["findings", "provider"],
                fields: [ResourceShape.schema, FindingShape.schema, AccountShape.schema]),
            responses: [ResponseSpec(200, .resource(ResourceShape.schema))], handler: get),
    ]

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let (rows, count, next, accounts, beside) = try await context.store.readRetrying { reader in
            let list = try ListCursor(context, reader)
            let reader = list.reader
            let selection = try ResourceFilters.selection(context, reader)
            if case .after = query.page, !query.sort.isEmpty {
                throw APIError.parameter("sort", "A list that is read by page[after] stands in its own order.")
            }
            let page = try reader.resourcePage(
                selection.query, at: selection.scan, after: list.place.flatMap { ResourceNumber(identifier: $0) },
                offset: query.page.offset, limit: query.page.size, context.services.postures)
            let count = try list.count {
                context.count(try reader.resourceCount(selection.query, at: selection.scan))
            }
            let next = try list.next(
                query.sort.isEmpty ? page.next?.identifier : nil, of: selection.query.accounts, at: selection.scan,
                count: count)
            let accounts =
                query.include.contains("provider")
                ? try reader.accountDetails(Set(page.rows.map(\.number.account))) : []
            let beside =
                query.include.contains("findings")
                ? try findings(of: page.rows, at: selection.scan, context, reader) : nil
            return (page.rows, count, next, accounts, beside)
        }
        var writer = context.writer()
        writer.beginList()
        for row in rows {
            writer.resource(ResourceIdentifier(ResourceShape.type, row.number.identifier)) {
                ResourceShape.fill(row, findings: beside.map { $0.ids[row.number] ?? [] }, &$0, context)
            }
        }
        include(accounts, &writer, context)
        if let beside { include(beside, &writer, context) }
        writer.endList(links: PageLinks(context, count: count, next: next))
        return writer.response()
    }

    /// The findings of some resources.
    private struct Beside: Sendable {
        var rows: [FindingRow] = []
        /// Their UUIDs by resource.
        var ids: [ResourceNumber: [String]] = [:]
        var included = Included()
    }

    /// Findings that one answer may have beside resources.
    private static let maximumBeside = 10_000

    /// All findings of a page of resources.
    ///
    /// - Throws: 422 where they are too many for one answer.
    private static func findings(
        of resources: [ResourceDetail], at scan: String?, _ context: RequestContext, _ reader: StoreReader
    ) throws -> Beside {
        var beside = Beside()
        guard !resources.isEmpty else { return beside }
        var filter = FindingFilter()
        filter.resourceNumbers = Set(resources.map(\.number))
        filter.accounts.numbers = Set(resources.map(\.number.account))
        let rest = try reader.findings(filter, at: scan, limit: maximumBeside) { row in
            beside.rows.append(row)
            beside.ids[row.resourceNumber, default: []].append(row.identifier)
        }
        guard rest == nil else {
            throw MartletError(
                .limit, "These resources have more than \(maximumBeside) findings; ask for a smaller page.")
        }
        beside.included = try Included.read(beside.rows, at: scan, context, reader, scansOnly: true)
        return beside
    }

    private static func include(_ beside: Beside, _ writer: inout JSONAPIWriter, _ context: RequestContext) {
        var shape = FindingShape.Writer(scans: beside.included.scans)
        for row in beside.rows {
            writer.include(ResourceIdentifier(FindingShape.type, row.identifier)) { shape.fill(row, &$0, context) }
        }
    }

    private static func include(
        _ accounts: [AccountDetail], _ writer: inout JSONAPIWriter, _ context: RequestContext
    ) {
        for account in accounts {
            writer.include(ResourceIdentifier(AccountShape.type, account.identifier)) {
                AccountShape.fill(account, secrets: [], groups: [], &$0, context)
            }
        }
    }

    private static func get(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let visible = try context.visible
        guard let number = ResourceNumber(identifier: id), visible?.contains(number.account) ?? true else {
            throw APIError.notFound("There is no resource \(id).")
        }
        let (row, findings, included, accounts) = try await context.store.readRetrying { reader in
            let scan = try context.query.text("scan").map { try context.scan($0, reader).scan.id }
            var query = ResourceQuery()
            query.accounts.numbers = [number.account]
            query.numbers = [number]
            guard
                let row = try reader.resourcePage(query, at: scan, limit: 1, context.services.postures).rows.first
            else { throw APIError.notFound("There is no resource \(id).") }
            var filter = FindingFilter()
            filter.accounts.numbers = [number.account]
            filter.resourceNumbers = [number]
            let findings = try reader.findingPage(filter, order: FindingOrder(), at: scan, limit: 1_000).rows
            return (
                row, findings, try Included.read(findings, at: scan, context, reader),
                try reader.accountDetails([number.account])
            )
        }
        var writer = context.writer()
        writer.single(ResourceIdentifier(ResourceShape.type, id)) {
            ResourceShape.fill(row, findings: findings.map(\.identifier), &$0, context)
        }
        if context.query.include.contains("provider") { include(accounts, &writer, context) }
        if context.query.include.contains("findings") {
            var shape = FindingShape.Writer(scans: included.scans)
            for finding in findings {
                writer.include(ResourceIdentifier(FindingShape.type, finding.identifier)) {
                    shape.fill(finding, &$0, context)
                }
            }
        }
        writer.finish()
        return writer.response()
    }

    private static func values(_ context: RequestContext) async throws -> HTTPResponse {
        let found = try await context.store.readRetrying { reader in
            let selection = try ResourceFilters.selection(context, reader)
            return try reader.resourceValues(selection.query, at: selection.scan)
        }
        return context.answer(ResourceIdentifier("resources-metadata", "metadata")) { resource in
            resource.attribute("services", found.services)
            resource.attribute("regions", found.regions)
            resource.attribute("types", found.types)
            resource.attribute("groups", [String]())
        }
    }
}
