import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/finding-groups`: findings by check.
enum GroupEndpoints {
    static let type = "finding-groups"
    private static let sorts =
        [
            "id", "check_id", "check_title", "check_description", "impacted_providers", "severity", "status", "muted",
            "resources_fail", "resources_total",
            "first_seen_at", "last_seen_at", "failing_since",
        ] + FindingGroup.names

    private static let schema = ResourceSchema(
        type, component: "FindingGroup", id: .string(),
        attributes: [
            Property("check_id", .string()), Property("check_title", .nullable(.string())),
            Property("check_description", .nullable(.string())), Property("severity", .string()),
            Property("status", .string()), Property("muted", .boolean),
            Property("impacted_providers", .array(.string())), Property("resources_fail", .integer()),
            Property("resources_total", .integer()),
        ] + FindingGroup.names.map { Property($0, .integer()) } + [
            Property("first_seen_at", .nullable(.time)), Property("last_seen_at", .nullable(.time)),
            Property("failing_since", .nullable(.time)),
        ])

    private static let member = ResourceSchema(
        type, component: "FindingGroupResource",
        attributes: [
            Property("resource", .map(.any)), Property("provider", .map(.any)), Property("finding_id", .uuid),
            Property("status", .string()), Property("severity", .string()), Property("muted", .boolean),
            Property("delta", .nullable(.string())), Property("first_seen_at", .time), Property("last_seen_at", .time),
            Property("muted_reason", .nullable(.string())),
        ])

    private static let filters = FindingFilters.own + [FilterSpec("check_title", .text, [.contains])]
    private static let moments = filters + FindingFilters.moments

    private static func list(_ path: PathPattern, _ operation: String, _ filters: [FilterSpec]) -> Endpoint {
        Endpoint(
            .get, path, operation: operation, tag: "Finding groups",
            summary: "Findings by check, counted over the accounts that the caller may see.", access: .authenticated,
            query: QuerySpec(
                filters: filters, search: true, sorts: sorts, fields: [schema], paging: PagingSpec()),
            responses: [ResponseSpec(200, .list(schema))], validator: PostureTag.validator, handler: groups)
    }

    private static func members(_ path: PathPattern, _ operation: String, _ filters: [FilterSpec]) -> Endpoint {
        Endpoint(
            .get, path, operation: operation, tag: "Finding groups",
            summary: "The resources that a check speaks of, each with its finding.", access: .authenticated,
            query: QuerySpec(
                filters: filters, search: true, sorts: ["status", "severity"],
                fields: [member], paging: PagingSpec(cursors: true)),
            responses: [ResponseSpec(200, .list(member))], validator: PostureTag.validator, handler: resources)
    }

    static let all: [Endpoint] = [
        list("/api/v1/finding-groups", "finding_groups_list", moments),
        list(
            "/api/v1/finding-groups/latest", "finding_groups_latest_retrieve",
            filters + [FilterSpec("scan", .uuid, [.equal, .within])]),
        members(
            "/api/v1/finding-groups/{id}/resources", "finding_groups_resources_retrieve",
            FindingFilters.own + FindingFilters.moments),
        members(
            "/api/v1/finding-groups/latest/{check_id}/resources", "finding_groups_latest_resources_retrieve",
            FindingFilters.own + [FilterSpec("scan", .uuid, [.equal, .within])]),
    ]

    private static func groups(_ context: RequestContext) async throws -> HTTPResponse {
        let groups = try await isCounted(context.query) ? counted(context) : listed(context)
        let rows = sorted(groups, context.query.sort)
        let page = Array(rows.dropFirst(context.query.page.offset).prefix(context.query.page.size))
        return context.answer(list: page, count: .exact(rows.count)) { group, writer in
            writer.resource(ResourceIdentifier(type, group.check)) { group.fill(&$0) }
        }
    }

    /// Whether counts of postures decide all that a query asks for.
    private static func isCounted(_ query: JSONAPIQuery) -> Bool {
        let accounts = Set(AccountConditions.filters.map(\.field)).union(["scan", "inserted_at"])
        return query.filters.allSatisfy { CellConditions.fields.contains($0.field) || accounts.contains($0.field) }
    }

    private static func counted(_ context: RequestContext) async throws -> [FindingGroup] {
        let found = try await OverviewEndpoints.selection(context, searches: true)
        // Groups are changed in their places: a dictionary of them would move each with every change.
        var groups: [FindingGroup] = []
        var places: [Int64: Int] = [:]
        found.forEachCheck(from: FindingGroup.Part()) {
            $0.add($1)
        } _: { cube, check, part in
            let place = places[check] ?? groups.count
            if place == groups.count {
                places[check] = place
                groups.append(FindingGroup(check: found.checks[check] ?? ""))
            }
            groups[place].add(part, of: cube)
        }
        for cube in found.cubes {
            for (check, resources) in cube.resourcesOfCheck {
                guard let place = places[check] else { continue }
                groups[place].resources.failed += resources.failed
                groups[place].resources.total += resources.total
                guard groups[place].title == nil || groups[place].description == nil else { continue }
                let text = found.text(check, cube)
                groups[place].title = groups[place].title ?? text?.title
                groups[place].description = groups[place].description ?? text?.description
            }
        }
        return groups
    }

    /// Groups of findings that only the findings themselves tell; at most 10,000 of them.
    private static func listed(_ context: RequestContext) async throws -> [FindingGroup] {
        let title = context.query.text("check_title", .contains)?.lowercased()
        return try await context.store.readRetrying { reader in
            let selection = try FindingFilters.selection(context, reader)
            let limit = Int(FindingCount.limit)
            var groups: [String: FindingGroup] = [:]
            var resources: [String: (failed: Set<ResourceNumber>, all: Set<ResourceNumber>)] = [:]
            let rest = try reader.findings(selection.filter, at: selection.scan, limit: limit) { row in
                let check = row.check.check
                guard title.map({ row.check.title.lowercased().contains($0) }) ?? true else { return }
                groups[check, default: FindingGroup(check: check)].add(row)
                resources[check, default: ([], [])].all.insert(row.resourceNumber)
                if row.status == .fail, !row.muted {
                    resources[check, default: ([], [])].failed.insert(row.resourceNumber)
                }
            }
            guard rest == nil else {
                throw MartletError(
                    .limit, "Groups by resources or times are made of \(limit) findings at most; narrow the filter.")
            }
            for check in groups.keys {
                groups[check]?.resources.total = Int64(resources[check]?.all.count ?? 0)
                groups[check]?.resources.failed = Int64(resources[check]?.failed.count ?? 0)
            }
            return Array(groups.values)
        }
    }

    /// What fails worst first, unless the query says otherwise.
    private static func sorted(_ groups: [FindingGroup], _ sort: [JSONAPIQuery.SortKey]) -> [FindingGroup] {
        let keys =
            sort.isEmpty
            ? [.init("fail_count", descending: true), .init("severity", descending: true)] : sort
        let values = groups.map { group in keys.map { group.value($0.field) } }
        // Places are sorted: a group is large to move.
        return groups.indices.sorted { left, right in
            for (index, key) in keys.enumerated() where values[left][index] != values[right][index] {
                return (values[left][index] < values[right][index]) != key.isDescending
            }
            return groups[left].check < groups[right].check
        }.map { groups[$0] }
    }

    private static func resources(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let check = try context.pathValues["check_id"] ?? context.path("id")
        let (page, count, accounts, next) = try await context.store.readRetrying { reader in
            let list = try ListCursor(context, reader)
            var selection = try FindingFilters.selection(context, list.reader)
            guard try reader.names(.check, context.services.postures).values.contains(check) else {
                throw APIError.notFound("There is no finding of a check \(check.prefix(100)).")
            }
            // The check of the path, and of the filter where there is one.
            let named = selection.filter.checkNames ?? [check]
            selection.filter.checkNames = named.intersection([check])
            let (page, next, count) = try list.page(selection, FindingFilters.order(query), context)
            let numbers = Set(page.rows.map(\.resourceNumber.account))
            let accounts = Dictionary(try reader.accountDetails(numbers).map { ($0.key, $0) }) { first, _ in first }
            return (page, count, accounts, next)
        }
        return context.answer(list: page.rows, count: count, next: next) { row, writer in
            writer.resource(ResourceIdentifier(type, row.resourceNumber.identifier)) {
                fill(row, accounts[row.account], &$0)
            }
        }
    }

    private static func fill(_ row: FindingRow, _ account: AccountDetail?, _ resource: inout ResourceWriter) {
        resource.attribute("resource") { json in
            json.beginObject()
            json.field("uid", row.resource.uid)
            json.field("name", row.resource.name)
            json.field("service", row.resource.service)
            json.field("region", row.resource.region)
            json.field("type", row.resource.type)
            json.field("resource_group", KnownChecks.group(of: row.check.check, provider: row.account.provider))
            json.endObject()
        }
        resource.attribute("provider") { json in
            json.beginObject()
            json.field("type", row.account.provider.name)
            json.field("uid", row.account.uid)
            json.field("alias", account?.shownName)
            json.endObject()
        }
        resource.attribute("finding_id", row.identifier)
        resource.attribute("status", row.status.name)
        resource.attribute("severity", row.severity.name)
        resource.attribute("muted", row.muted)
        resource.attribute("delta", FindingShape.delta(row.delta))
        resource.attribute("first_seen_at", row.firstSeenAt)
        resource.attribute("last_seen_at", row.observedAt)
        resource.attribute("muted_reason", row.mutedReason)
    }
}
