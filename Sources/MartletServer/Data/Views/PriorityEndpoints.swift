import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/priorities`: which check to see to first, with everything that decides it.
enum PriorityEndpoints {
    private static let schema = ResourceSchema(
        "priorities", component: "Priority", id: .string(),
        attributes: [
            Property("rank", .integer(), "From 1, over all that the filters leave."),
            Property("check_id", .string()), Property("check_title", .string()), Property("service", .string()),
            Property("providers", .array(.string())),
            Property("priority", .integer(), "severity_weight × affected_resources × exposure."),
            Property("severity", .choice(FindingFilters.severities), "The worst among the failed findings."),
            Property("severity_weight", .integer()),
            Property("affected_resources", .integer(), "With an unmuted FAIL of the check."),
            Property("exposed_resources", .integer(), "Of these, with an unmuted FAIL of an internet-exposed check."),
            Property("exposure", .number, "1 + exposed_resources ÷ affected_resources."),
            Property("explanation", .string(), "The product with its factors."),
            Property("effort", .choice(Effort.Level.allCases.map(\.rawValue))),
            Property(
                "effort_points",
                .object(["total", "method", "rights", "scale"].map { Property($0, .integer()) })),
            Property("remediation", .choice(RemedyKind.allCases.map(\.name))),
            Property("failed_findings", .integer()), Property("accounts", .integer()),
            Property("failing_since", .nullable(.time)),
        ])

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/priorities", operation: "priorities_list", tag: "Overviews",
            summary: "Checks that fail, by severity × affected resources × exposure, with the effort.",
            access: .authenticated,
            query: QuerySpec(
                filters: AccountConditions.filters + [FilterSpec("scan", .uuid)], fields: [schema],
                paging: PagingSpec(size: 25)),
            responses: [ResponseSpec(200, .list(schema))], validator: PostureTag.validator, handler: list)
    ]

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let ranked = try await context.store.readRetrying { reader in
            let moment = try ComplianceEndpoints.moment(context, reader)
            return Priority.ranked(
                try reader.failingChecks(
                    AccountFilter(numbers: moment.accounts), at: moment.scan, context.services.postures))
        }
        let offset = context.query.page.offset
        let page = Array(ranked.enumerated().dropFirst(offset).prefix(context.query.page.size))
        return context.answer(list: page, count: .exact(ranked.count)) { row, writer in
            writer.resource(ResourceIdentifier(schema.type, row.element.check.check)) {
                fill(row.element, rank: row.offset + 1, &$0)
            }
        }
    }

    private static func fill(_ row: Priority, rank: Int, _ resource: inout ResourceWriter) {
        let check = row.check
        resource.attribute("rank", rank)
        resource.attribute("check_id", check.check)
        resource.attribute("check_title", check.title)
        resource.attribute("service", check.service)
        resource.attribute("providers", check.providers.sorted())
        resource.attribute("priority", row.priority)
        resource.attribute("severity", check.severity.name)
        resource.attribute("severity_weight", row.weight)
        resource.attribute("affected_resources", check.affected)
        resource.attribute("exposed_resources", check.exposed)
        resource.attribute("exposure", row.exposure)
        resource.attribute("explanation", row.explanation)
        resource.attribute("effort", row.effort.level.rawValue)
        resource.attribute("effort_points") { json in
            json.beginObject()
            json.field("total", row.effort.points)
            json.field("method", row.effort.method)
            json.field("rights", row.effort.rights)
            json.field("scale", row.effort.scale)
            json.endObject()
        }
        resource.attribute("remediation", check.remedy.name)
        resource.attribute("failed_findings", check.findings)
        resource.attribute("accounts", check.accounts)
        resource.attribute("failing_since", check.failingSince)
    }
}
