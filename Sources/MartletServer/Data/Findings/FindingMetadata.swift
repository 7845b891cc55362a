import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// The resources `findings-metadata` and `finding-dynamic-filters`: the values by which findings can be filtered.
enum FindingMetadata {
    static let schema = ResourceSchema(
        "findings-metadata", component: "FindingMetadata", id: .string(),
        attributes: [
            Property("services", .array(.string())), Property("regions", .array(.string())),
            Property("resource_types", .array(.string())), Property("categories", .array(.string())),
            Property("groups", .array(.string()), "Groups of resources that the checks look at."),
        ])

    static let short = ResourceSchema(
        "finding-dynamic-filters", component: "FindingDynamicFilter", id: .string(),
        attributes: [Property("services", .array(.string())), Property("regions", .array(.string()))])

    private struct Values: Sendable {
        var services: Set<String> = []
        var regions: Set<String> = []
        var types: Set<String> = []
        var categories: Set<String> = []
        var groups: Set<String> = []
    }

    /// Filters that look at single findings are answered from the first 10,000 findings of their list.
    static func answer(_ context: RequestContext, isShort: Bool = false) async throws -> HTTPResponse {
        let query = context.query
        let accountFields = Set(AccountConditions.filters.map(\.field)).union(["scan", "inserted_at"])
        let isCounted =
            query.search == nil
            && query.filters.allSatisfy {
                CellConditions.fields.contains($0.field) || accountFields.contains($0.field)
            } && (query.texts("delta")?.isSubset(of: ["new", "changed", "updated", "returned"]) ?? true)
        let values = try await context.store.readRetrying { reader in
            isCounted ? try counted(context, reader) : try listed(context, reader)
        }
        let shown = isShort ? short : schema
        return context.answer(ResourceIdentifier(shown.type, "metadata")) { resource in
            resource.attribute("services", values.services.subtracting([""]).sorted())
            resource.attribute("regions", values.regions.subtracting([""]).sorted())
            guard !isShort else { return }
            resource.attribute("resource_types", values.types.subtracting([""]).sorted())
            resource.attribute("categories", values.categories.sorted())
            resource.attribute("groups", values.groups.sorted())
        }
    }

    private static func counted(_ context: RequestContext, _ reader: StoreReader) throws -> Values {
        let accounts = try AccountConditions.accounts(context, reader)
        let moment = try ScanMoment.of(context.query, accounts, context, reader)
        let selection = try CubeSelection(moment, context.query, by: .both, context.services.postures, reader)
        var values = Values()
        var checks: Set<Int64> = []
        values.regions = selection.regionNames
        selection.forEachCheck(from: ()) { _, _ in
        } _: { cube, number, _ in
            checks.insert(number)
            values.services.insert(selection.service(number, cube))
            values.categories.formUnion(selection.text(number, cube)?.categories ?? [])
            let check = selection.checks[number] ?? ""
            if let group = KnownChecks.group(of: check, provider: cube.account.provider) { values.groups.insert(group) }
        }
        values.types = try reader.resourceTypes(
            AccountFilter(numbers: moment.accounts), at: moment.scan, checks: checks, context.services.postures)
        return values
    }

    private static func listed(_ context: RequestContext, _ reader: StoreReader) throws -> Values {
        let selection = try FindingFilters.selection(context, reader)
        let facts = try reader.checkFacts(context.services.postures)
        let names = try reader.names(.check, context.services.postures)
        let categories = Dictionary(names.map { ($1, facts.categoriesOfCheck[$0] ?? []) }) { first, _ in first }
        var values = Values()
        try reader.findings(selection.filter, at: selection.scan, limit: Int(FindingCount.limit)) { row in
            values.services.insert(row.check.service)
            values.regions.formUnion(row.regions)
            values.types.insert(row.resource.type)
            values.categories.formUnion(categories[row.check.check] ?? [])
            if let group = KnownChecks.group(of: row.check.check, provider: row.account.provider) {
                values.groups.insert(group)
            }
        }
        return values
    }
}
