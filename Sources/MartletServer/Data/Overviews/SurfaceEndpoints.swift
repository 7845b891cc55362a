import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// Overviews by category, attack surface and framework, and over time.
enum SurfaceEndpoints {
    private static let categories = ResourceSchema(
        "category-overviews", component: "CategoryOverview", id: .string(),
        attributes: [
            Property("total_findings", .integer(), "Unmuted."), Property("failed_findings", .integer()),
            Property("new_failed_findings", .integer()),
            Property("severity", .map(.any), "Failed findings by severity."),
        ])
    private static let surfaces = ResourceSchema(
        "attack-surface-overviews", component: "AttackSurfaceOverview", id: .string(),
        attributes: [
            Property("total_findings", .integer()), Property("failed_findings", .integer()),
            Property("muted_failed_findings", .integer()),
        ])
    private static let days = ResourceSchema(
        "findings-severity-over-time", component: "FindingsSeverityOverTime", id: .format("date"),
        attributes: Severity.allCases.reversed().map { Property($0.name, .integer()) } + [
            Property("muted", .integer()), Property("scan_ids", .array(.uuid)),
        ])
    private static let watchlist = ResourceSchema(
        "compliance-watchlist-overviews", component: "ComplianceWatchlistOverview", id: .string(),
        attributes: [
            Property("compliance_id", .string()), Property("requirements_passed", .integer()),
            Property("requirements_failed", .integer()), Property("requirements_manual", .integer()),
            Property("total_requirements", .integer()),
        ])

    private static func endpoint(
        _ name: String, _ summary: String, _ schema: ResourceSchema, filters: [FilterSpec], sorts: [String],
        validator: @escaping Endpoint.Validator = PostureTag.validator, _ handler: @escaping Endpoint.Handler
    ) -> Endpoint {
        Endpoint(
            .get, PathPattern("/api/v1/overviews/\(name)"),
            operation: "overviews_\(name.replacing("-", with: "_").replacing("/", with: "_"))_retrieve",
            tag: "Overviews",
            summary: summary, access: .authenticated,
            query: QuerySpec(
                filters: filters, search: true, sorts: sorts, fields: [schema], paging: PagingSpec(size: 1000)),
            responses: [ResponseSpec(200, .list(schema))], validator: validator, handler: handler)
    }

    static let all: [Endpoint] = [
        endpoint(
            "categories", "Findings by category of their check; a check in several counts in each.", categories,
            filters: AccountConditions.short + [FilterSpec("category", .text, [.equal, .within])],
            sorts: Counts.sorts + ["new_failed_findings", "severity"], byCategory),
        endpoint(
            "attack-surfaces", "Findings of checks that tell of an attack surface.", surfaces,
            filters: AccountConditions.short, sorts: Counts.sorts + ["muted_failed_findings"], bySurface),
        endpoint(
            "compliance-watchlist", "Frameworks over all accounts.", watchlist, filters: AccountConditions.short,
            sorts: [
                "id", "compliance_id", "requirements_passed", "requirements_failed", "requirements_manual",
                "total_requirements",
            ], watch),
        endpoint(
            "findings_severity/timeseries", "Failed findings by severity, day by day.", days,
            filters: AccountConditions.short + [FilterSpec("date_from", .time), FilterSpec("date_to", .time)],
            sorts: ["id", "muted"] + Severity.allCases.reversed().map(\.name),
            validator: PostureTag.endingToday(unless: "date_to"), byDay),
        endpoint(
            "resource-groups", "Findings by the group of resources that their check looks at.", groups,
            filters: AccountConditions.short + [FilterSpec("resource_group", .text, [.equal, .within])],
            sorts: Counts.sorts + ["new_failed_findings", "severity", "resources_count"], byGroup),
    ]

    private static let groups = ResourceSchema(
        "resource-group-overviews", component: "ResourceGroupOverview", id: .string(),
        attributes: [
            Property("total_findings", .integer(), "Unmuted."), Property("failed_findings", .integer()),
            Property("new_failed_findings", .integer()), Property("resources_count", .integer()),
            Property("severity", .map(.any), "Failed findings by severity."),
        ])

    private struct Counts: Sendable {
        var resources: Int64 = 0
        var total: Int64 = 0
        var failed: Int64 = 0
        var new: Int64 = 0
        /// Muted findings that failed.
        var muted: Int64 = 0
        /// All muted findings.
        var mutedTotal: Int64 = 0
        var bySeverity: [Severity: Int64] = [:]

        static let sorts = ["id", "total_findings", "failed_findings"]

        mutating func add(_ cell: AccountCube.Cell) {
            guard !cell.isMuted else {
                if cell.status == .fail { muted += cell.count }
                mutedTotal += cell.count
                return
            }
            total += cell.count
            guard cell.status == .fail else { return }
            failed += cell.count
            bySeverity[cell.severity, default: 0] += cell.count
            if cell.delta == .new { new += cell.count }
        }

        static func += (left: inout Counts, right: Counts) {
            left.total += right.total
            left.failed += right.failed
            left.new += right.new
            left.muted += right.muted
            left.mutedTotal += right.mutedTotal
            left.bySeverity.merge(right.bySeverity, uniquingKeysWith: +)
        }

        func value(_ field: String) -> SortValue {
            switch field {
            case "failed_findings": .number(failed)
            case "new_failed_findings": .number(new)
            case "muted_failed_findings": .number(muted)
            case "resources_count": .number(resources)
            // The worst failed finding.
            case "severity":
                .number(Int64(bySeverity.lazy.filter { $0.value > 0 }.map(\.key.rawValue).max() ?? 0))
            default: .number(total)
            }
        }

        func fill(_ resource: inout ResourceWriter) {
            resource.attribute("total_findings", total)
            resource.attribute("failed_findings", failed)
            resource.attribute("new_failed_findings", new)
            resource.attribute("severity") { json in
                json.beginObject()
                for severity in Severity.allCases.reversed() { json.field(severity.name, bySeverity[severity] ?? 0) }
                json.endObject()
            }
        }
    }

    private static func answer(
        _ rows: [(key: String, value: Counts)], _ schema: ResourceSchema, _ context: RequestContext,
        _ fill: @escaping (Counts, inout ResourceWriter) -> Void
    ) -> HTTPResponse {
        let query = context.query
        let found = query.sorted(rows.filter { query.finds($0.key) }, id: \.key) { $0.value.value($1) }
        let page = Array(found.dropFirst(query.page.offset).prefix(query.page.size))
        return context.answer(list: page, count: .exact(found.count)) { row, writer in
            writer.resource(ResourceIdentifier(schema.type, row.key)) { fill(row.value, &$0) }
        }
    }

    private static func byGroup(_ context: RequestContext) async throws -> HTTPResponse {
        let wanted = context.query.texts("resource_group")
        var counts: [String: Counts] = [:]
        // Both of one moment.
        let (found, resources) = try await context.store.readRetrying { reader in
            let moment = try ComplianceEndpoints.moment(context, reader)
            return (
                try OverviewEndpoints.selection(context, moment, reader),
                try reader.resourcesOfGroups(
                    AccountFilter(numbers: moment.accounts), at: moment.scan, KnownChecks.groups,
                    group: { KnownChecks.group(of: $0, provider: $1) }, context.services.postures)
            )
        }
        found.forEachCheck(from: Counts()) {
            $0.add($1)
        } _: { cube, check, sum in
            guard sum.total > 0,
                let group = KnownChecks.group(of: found.checks[check] ?? "", provider: cube.account.provider),
                wanted?.contains(group) ?? true
            else { return }
            counts[group, default: Counts()] += sum
        }
        for group in counts.keys { counts[group]?.resources = resources[group] ?? 0 }
        return answer(counts.sorted { $0.key < $1.key }, groups, context) { counts, resource in
            counts.fill(&resource)
            resource.attribute("resources_count", counts.resources)
        }
    }

    private static func byCategory(_ context: RequestContext) async throws -> HTTPResponse {
        let wanted = context.query.texts("category")
        var counts: [String: Counts] = [:]
        let found = try await OverviewEndpoints.selection(context)
        found.forEachCheck(from: Counts()) {
            $0.add($1)
        } _: { cube, check, sum in
            guard sum.total > 0 else { return }
            for category in found.text(check, cube)?.categories ?? [] where wanted?.contains(category) ?? true {
                counts[category, default: Counts()] += sum
            }
        }
        return answer(counts.sorted { $0.key < $1.key }, categories, context) { $0.fill(&$1) }
    }

    /// Checks of a surface: a category of Prowler's, or a few checks by their ids. A check may be in several.
    private static let surfacesOfChecks: [(id: String, category: String?, checks: Set<String>)] = [
        ("internet-exposed", "internet-exposed", []), ("secrets", "secrets", []),
        (
            "privilege-escalation", nil,
            ["iam_policy_allows_privilege_escalation", "iam_inline_policy_allows_privilege_escalation"]
        ),
        ("ec2-imdsv1", nil, ["ec2_instance_imdsv2_enabled", "ec2_instance_account_imdsv2_enabled"]),
    ]

    private static func bySurface(_ context: RequestContext) async throws -> HTTPResponse {
        var counts: [String: Counts] = [:]
        let found = try await OverviewEndpoints.selection(context)
        found.forEachCheck(from: Counts()) {
            $0.add($1)
        } _: { cube, check, sum in
            for id in surfaceNames(of: check, cube, found) { counts[id, default: Counts()] += sum }
        }
        let rows = surfacesOfChecks.map { surface in
            var sum = counts[surface.id] ?? Counts()
            sum.total += sum.mutedTotal
            return (key: surface.id, value: sum)
        }
        return answer(rows, surfaces, context) { counts, resource in
            resource.attribute("total_findings", counts.total)
            resource.attribute("failed_findings", counts.failed)
            resource.attribute("muted_failed_findings", counts.muted)
        }
    }

    private static func surfaceNames(of check: Int64, _ cube: AccountCube, _ found: CubeSelection) -> [String] {
        let categories = found.text(check, cube)?.categories ?? []
        return surfacesOfChecks.filter { surface in
            surface.checks.contains(found.checks[check] ?? "") || surface.category.map(categories.contains) == true
        }.map(\.id)
    }

    private static func watch(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let all = try await context.store.readRetrying { reader in
            try reader.complianceRollUps(
                AccountFilter(numbers: try AccountConditions.accounts(context, reader)), context.services.postures)
        }
        let found = query.sorted(all.filter { query.finds($0.framework) }, id: \.framework) { row, field in
            switch field {
            case "requirements_passed": .number(Int64(row.count(.pass)))
            case "requirements_failed": .number(Int64(row.count(.fail)))
            case "requirements_manual": .number(Int64(row.total - row.count(.pass) - row.count(.fail)))
            case "total_requirements": .number(Int64(row.total))
            default: .text(row.framework)
            }
        }
        let rows = Array(found.dropFirst(query.page.offset).prefix(query.page.size))
        return context.answer(list: rows, count: .exact(found.count)) { row, writer in
            writer.resource(ResourceIdentifier(watchlist.type, row.framework)) { resource in
                resource.attribute("compliance_id", row.framework)
                resource.attribute("requirements_passed", row.count(.pass))
                resource.attribute("requirements_failed", row.count(.fail))
                resource.attribute("requirements_manual", row.total - row.count(.pass) - row.count(.fail))
                resource.attribute("total_requirements", row.total)
            }
        }
    }

    /// Days that one answer may cover.
    private static let maximumDays: Int64 = 366

    private static func byDay(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let rows = try await context.store.readRetrying { reader -> [StoreReader.DailySeverity] in
            let now = try reader.now()
            let last = query.values("date_to")?.first?.end ?? now
            // From the beginning of a day, so that the answer is the same all day, as its tag is.
            let week = Timestamp(milliseconds: (last.milliseconds / 86_400_000 - 7) * 86_400_000)
            let first = query.values("date_from")?.first?.start ?? week
            guard first <= last, last.milliseconds - first.milliseconds <= maximumDays * 86_400_000 else {
                throw APIError.parameter(
                    "filter[date_from]", "date_from lies before date_to, at most \(maximumDays) days.")
            }
            return try reader.dailySeverities(
                from: first, to: last, of: try AccountConditions.accounts(context, reader))
        }
        func day(_ row: StoreReader.DailySeverity) -> String {
            String(Timestamp(milliseconds: row.day * 86_400_000).rfc3339.prefix(10))
        }
        let found = query.sorted(rows.filter { query.finds(day($0)) }, id: day) { row, field in
            .number(Severity(name: field).map { row.failed[$0] ?? 0 } ?? row.muted)
        }
        let page = Array(found.dropFirst(query.page.offset).prefix(query.page.size))
        return context.answer(list: page, count: .exact(found.count)) { row, writer in
            writer.resource(ResourceIdentifier(days.type, day(row))) { resource in
                for severity in Severity.allCases.reversed() {
                    resource.attribute(severity.name, row.failed[severity] ?? 0)
                }
                resource.attribute("muted", row.muted)
                resource.attribute("scan_ids", row.scans)
            }
        }
    }
}
