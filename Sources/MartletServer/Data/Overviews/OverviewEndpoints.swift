import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/overviews`: what dashboards show, counted over the published postures that the caller may see.
enum OverviewEndpoints {
    private static let providers = ResourceSchema(
        "providers-overview", component: "OverviewProvider", id: .string(),
        attributes: [
            Property(
                "findings", .object(["pass", "fail", "muted", "manual", "total"].map { Property($0, .integer()) })),
            Property("resources", .object([Property("total", .integer())])),
        ])
    private static let providerCounts = ResourceSchema(
        "providers-count-overview", component: "OverviewProviderCount", id: .string(),
        attributes: [Property("count", .integer())])
    private static let findings = ResourceSchema(
        "findings-overview", component: "OverviewFinding", id: .string(),
        attributes: FindingOverview.names.map { Property($0, .integer()) })
    private static let severities = ResourceSchema(
        "findings-severity-overview", component: "OverviewSeverity", id: .string(),
        attributes: Severity.allCases.reversed().map { Property($0.name, .integer()) })
    private static let services = ResourceSchema(
        "services-overview", component: "OverviewService", id: .string(), attributes: OverviewCounts.properties)
    private static let regions = ResourceSchema(
        "regions-overview", component: "OverviewRegion", id: .string(),
        attributes: [Property("provider_type", .string()), Property("region", .string())] + OverviewCounts.properties)

    /// Filters of overviews that are counted from findings.
    private static let counted =
        AccountConditions.short + [
            FilterSpec("inserted_at", .time, [.equal, .onDay, .atLeast, .atMost]),
            FilterSpec("region", .text, [.equal, .within, .contains]),
            FilterSpec("status", .choice(FindingFilters.statuses), [.equal, .within]),
        ]

    private static func endpoint(
        _ name: String, _ operation: String, _ summary: String, _ schema: ResourceSchema, isList: Bool,
        filters: [FilterSpec] = counted, sorts: [String] = [], _ handler: @escaping Endpoint.Handler
    ) -> Endpoint {
        Endpoint(
            .get, PathPattern("/api/v1/overviews/\(name)"), operation: "overviews_\(operation)_retrieve",
            tag: "Overviews", summary: summary, access: .authenticated,
            query: QuerySpec(
                filters: filters, search: !sorts.isEmpty, sorts: sorts, fields: [schema],
                paging: isList ? PagingSpec(size: 1000) : nil),
            responses: [ResponseSpec(200, isList ? .list(schema) : .resource(schema))],
            validator: PostureTag.validator, handler: handler)
    }

    static let all: [Endpoint] = [
        endpoint(
            "providers", "providers", "Findings and resources by provider.", providers, isList: true,
            filters: AccountConditions.short, byProvider),
        endpoint(
            "providers/count", "providers_count", "How many accounts there are of each provider.", providerCounts,
            isList: true, filters: AccountConditions.short, countProviders),
        endpoint(
            "findings", "findings", "Findings by status, and what the last scans changed.", findings, isList: false
        ) { context in
            var overview = FindingOverview()
            try await selection(context).forEach { overview.add($1) }
            let counts = overview
            return context.answer(ResourceIdentifier(findings.type, "n/a")) { counts.fill(&$0) }
        },
        endpoint(
            "findings_severity", "findings_severity", "Unmuted findings that passed or failed, by severity.",
            severities, isList: false, bySeverity),
        endpoint(
            "services", "services", "Findings by service.", services, isList: true, sorts: OverviewCounts.sorts
        ) { context in
            var counts: [String: OverviewCounts] = [:]
            let found = try await selection(context)
            found.forEachCheck(from: OverviewCounts()) {
                $0.add($1)
            } _: { cube, check, sum in
                counts[found.service(check, cube), default: .init()] += sum
            }
            return answer(counts, services, context)
        },
        endpoint(
            "regions", "regions", "Findings by provider and region; one that names several counts in each.",
            regions, isList: true, sorts: OverviewCounts.sorts + ["provider_type", "region"], byRegion),
    ]

    /// The cells that a query's filters let through.
    ///
    /// - Parameter searches: `filter[search]` looks at checks; otherwise it is about the entries of the list.
    static func selection(
        _ context: RequestContext, by grain: CubeSelection.Grain = .checks, searches: Bool = false
    ) async throws -> CubeSelection {
        try await context.store.readRetrying { reader in
            let moment = try ComplianceEndpoints.moment(context, reader)
            return try selection(context, moment, by: grain, reader, searches: searches)
        }
    }

    /// The same in a transaction that reads more of the moment.
    static func selection(
        _ context: RequestContext, _ moment: ScanMoment, by grain: CubeSelection.Grain = .checks,
        _ reader: StoreReader, searches: Bool = false
    ) throws -> CubeSelection {
        var query = context.query
        if !searches { query.search = nil }
        return try CubeSelection(moment, query, by: grain, context.services.postures, reader)
    }

    private static func accounts(_ context: RequestContext) async throws -> [AccountRow] {
        try await context.store.readRetrying { reader in
            try reader.accounts(AccountFilter(numbers: try AccountConditions.accounts(context, reader)))
        }
    }

    private static func byProvider(_ context: RequestContext) async throws -> HTTPResponse {
        let groups = Dictionary(grouping: try await accounts(context)) { $0.account.provider.name }
        let rows = groups.sorted { $0.key < $1.key }
        return context.answer(list: rows, count: .exact(rows.count)) { row, writer in
            writer.resource(ResourceIdentifier(providers.type, row.key)) { resource in
                func sum(_ value: (PostureSummary) -> Int64) -> Int64 { row.value.reduce(0) { $0 + value($1.summary) } }
                resource.attribute("findings") { json in
                    json.beginObject()
                    json.field("pass", sum { $0.byStatus[.pass] ?? 0 })
                    json.field("fail", sum { $0.byStatus[.fail] ?? 0 })
                    json.field("muted", sum { $0.muted })
                    json.field("manual", sum { $0.byStatus[.manual] ?? 0 })
                    json.field("total", sum { $0.total })
                    json.endObject()
                }
                resource.attribute("resources") { json in
                    json.beginObject()
                    json.field("total", row.value.reduce(0) { $0 + $1.resources })
                    json.endObject()
                }
            }
        }
    }

    private static func countProviders(_ context: RequestContext) async throws -> HTTPResponse {
        let rows = try await context.store.readRetrying { reader in
            let visible = try AccountConditions.accounts(context, reader)
            return Dictionary(grouping: try reader.accountDetails(visible)) { $0.key.provider.name }
                .mapValues(\.count).sorted { $0.key < $1.key }
        }
        return context.answer(list: rows, count: .exact(rows.count)) { row, writer in
            writer.resource(ResourceIdentifier(providerCounts.type, row.key)) { $0.attribute("count", row.value) }
        }
    }

    private static func bySeverity(_ context: RequestContext) async throws -> HTTPResponse {
        let asked = context.query.texts("status") != nil
        var counts: [Severity: Int64] = [:]
        try await selection(context).forEach { _, cell in
            guard !cell.isMuted, asked || cell.status != .manual else { return }
            counts[cell.severity, default: 0] += cell.count
        }
        let found = counts
        return context.answer(ResourceIdentifier(severities.type, "n/a")) { resource in
            for severity in Severity.allCases.reversed() { resource.attribute(severity.name, found[severity] ?? 0) }
        }
    }

    private static func byRegion(_ context: RequestContext) async throws -> HTTPResponse {
        struct Key: Hashable { var provider: String, region: String }
        var counts: [Key: OverviewCounts] = [:]
        let found = try await selection(context, by: .regions)
        var sums: [String: [Int64: OverviewCounts]] = [:]
        found.forEach { cube, cell in
            sums[cube.account.provider.name, default: [:]][cell.regions, default: .init()].add(cell)
        }
        for (provider, sets) in sums {
            for (set, sum) in sets {
                for region in found.regions[set] ?? [] {
                    counts[Key(provider: provider, region: region), default: .init()] += sum
                }
            }
        }
        func id(_ row: (key: Key, value: OverviewCounts)) -> String { "\(row.key.provider):\(row.key.region)" }
        let all = counts.sorted { ($0.key.provider, $0.key.region) < ($1.key.provider, $1.key.region) }
        let rows = context.query.sorted(all.filter { context.query.finds(id($0)) }, id: id) { row, field in
            switch field {
            case "provider_type": .text(row.key.provider)
            case "region": .text(row.key.region)
            default: row.value.value(field)
            }
        }
        let page = Array(rows.dropFirst(context.query.page.offset).prefix(context.query.page.size))
        return context.answer(list: page, count: .exact(rows.count)) { row, writer in
            writer.resource(ResourceIdentifier(regions.type, "\(row.key.provider):\(row.key.region)")) { resource in
                resource.attribute("provider_type", row.key.provider)
                resource.attribute("region", row.key.region)
                row.value.fill(&resource)
            }
        }
    }

    private static func answer(
        _ counts: [String: OverviewCounts], _ schema: ResourceSchema, _ context: RequestContext
    ) -> HTTPResponse {
        let query = context.query
        let all = counts.filter { !$0.key.isEmpty && query.finds($0.key) }.sorted { $0.key < $1.key }
        let rows = query.sorted(all, id: \.key) { $0.value.value($1) }
        let page = Array(rows.dropFirst(context.query.page.offset).prefix(context.query.page.size))
        return context.answer(list: page, count: .exact(rows.count)) { row, writer in
            writer.resource(ResourceIdentifier(schema.type, row.key)) { row.value.fill(&$0) }
        }
    }
}
