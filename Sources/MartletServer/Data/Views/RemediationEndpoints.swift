import MartletCore
import MartletFormats
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/remediations` and `/api/v1/findings/{id}/remediation`: how to put findings right. Commands are filled in and
/// shown; nothing here ever runs one.
enum RemediationEndpoints {
    private static let schema = ResourceSchema(
        "remediations", component: "Remediation",
        attributes: [
            Property("check_id", .string()), Property("severity", .choice(FindingFilters.severities)),
            Property("status", .choice(FindingFilters.statuses)), Property("muted", .boolean),
            Property("resource_uid", .string()), Property("resource_name", .string()),
            Property("text", .string(), "What to do, in words; may be empty."),
            Property(
                "command", .nullable(.string()),
                "For a POSIX shell, names of the resource quoted; null where there is none or none is safe."),
            Property("command_filled", .boolean, "The resource's own names stand in the command."),
            Property("command_placeholders", .array(.string()), "Words in it that only its reader can replace."),
            Property("command_withheld", .nullable(.string()), "Why a check's command is not shown."),
            Property("code", .string(), "Terraform or the like that is right; may be empty."),
            Property("references", .array(.string())),
            Property("origin", .choice(Remedy.Origin.allCases.map(\.rawValue)), "Whose words and command they are."),
        ], relationships: [.one("finding", FindingShape.type)])

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/remediations", operation: "remediations_list", tag: "Findings",
            summary: "How to put right what fails: unmuted FAIL findings of the published postures, with commands.",
            access: .authenticated,
            query: QuerySpec(
                filters: FindingFilters.own.filter { $0.field != "status" && $0.field != "muted" }, search: true,
                fields: [schema], paging: PagingSpec(size: 100, cursors: true)),
            responses: [ResponseSpec(200, .list(schema))], handler: list),
        Endpoint(
            .get, "/api/v1/findings/{id}/remediation", operation: "findings_remediation_retrieve", tag: "Findings",
            summary: "How to put one published finding right.", access: .authenticated,
            query: QuerySpec(fields: [schema]), responses: [ResponseSpec(200, .resource(schema))], handler: get),
    ]

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        try context.query.requireCursor("Remediations")
        var (page, next, remedies) = try await context.store.readRetrying { reader in
            let list = try ListCursor(context, reader)
            var filter = try FindingFilters.own(context.query)
            filter.statuses = [.fail]
            filter.muted = false
            filter.accounts.numbers = try AccountConditions.accounts(context, list.reader)
            let page = try list.reader.findings(
                filter, after: try list.place.map { try FindingCursor($0) }, limit: context.query.page.size)
            let next = try list.next(page.next?.description, of: filter.accounts, at: nil, count: .estimate(0))
            return (page, next, try Self.remedies(reader))
        }
        let seen = page.rows.count + (next == nil ? 0 : 1)
        return context.answer(list: page.rows, count: .estimate(seen), next: next) { row, writer in
            writer.resource(ResourceIdentifier(schema.type, row.identifier)) { fill(row, &remedies, &$0) }
        }
    }

    private static func get(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let visible = try context.visible
        var (row, remedies) = try await context.store.readRetrying { reader in
            let found = try ContentHash(uuid: id).flatMap {
                try reader.findings(identified: [$0], of: visible, at: nil).first
            }
            guard let found else { throw APIError.notFound("There is no published finding \(id).") }
            return (found, try Self.remedies(reader))
        }
        return context.answer(ResourceIdentifier(schema.type, row.identifier)) { fill(row, &remedies, &$0) }
    }

    /// The remedies by the checks of the caller's tenant.
    private static func remedies(_ reader: StoreReader) throws -> Remedies {
        Remedies(try reader.checkLibrary())
    }

    private static func fill(_ row: FindingRow, _ remedies: inout Remedies, _ resource: inout ResourceWriter) {
        let remedy = remedies.remedy(
            of: row.check, row.resource, region: row.regions.count == 1 ? row.regions[0] : "", account: row.account)
        resource.attribute("check_id", row.check.check)
        resource.attribute("severity", row.severity.name)
        resource.attribute("status", row.status.name)
        resource.attribute("muted", row.muted)
        resource.attribute("resource_uid", row.resource.uid)
        resource.attribute("resource_name", row.resource.name)
        resource.attribute("text", remedy.text)
        resource.attribute("command", remedy.command)
        resource.attribute("command_filled", remedy.isFilled)
        resource.attribute("command_placeholders", remedy.placeholders)
        resource.attribute("command_withheld", remedy.withheld)
        resource.attribute("code", remedy.code)
        resource.attribute("references", remedy.references)
        resource.attribute("origin", remedy.origin.rawValue)
        resource.one("finding", ResourceIdentifier(FindingShape.type, row.identifier))
    }
}
