import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/compliance-overviews`.
enum ComplianceEndpoints {
    static let statusNames = RequirementStatus.allCases.map(\.name)

    static let overview = ResourceSchema(
        "compliance-overviews", component: "ComplianceOverview", id: .string(),
        attributes: [
            Property("framework", .string()), Property("version", .string()),
            Property("requirements_passed", .integer()), Property("requirements_failed", .integer()),
            Property(
                "requirements_manual", .integer(),
                "Neither passed nor failed: what a person has to look at. requirements_by_status tells them apart."),
            Property("total_requirements", .integer()),
            Property("requirements_by_status", .map(.integer()), "In Martlet's words."),
            Property("providers", .array(.string())),
        ])

    static let detail = ResourceSchema(
        "compliance-requirements-details", component: "ComplianceOverviewDetail", id: .string(),
        attributes: [
            Property("framework", .string()), Property("version", .string()), Property("description", .string()),
            Property("status", .choice(["FAIL", "PASS", "MANUAL"]), "MANUAL is all that neither passed nor failed."),
            Property("detailed_status", .choice(statusNames)), Property("passed_checks", .integer()),
            Property("failed_checks", .integer()), Property("evaluated_checks", .integer()),
            Property("total_checks", .integer()), Property("passed_findings", .integer()),
            Property("total_findings", .integer()),
        ])

    private static let metadata = ResourceSchema(
        "compliance-overviews-metadata", component: "ComplianceOverviewMetadata", id: .string(),
        attributes: [Property("regions", .array(.string()))])

    static let attributes = ResourceSchema(
        "compliance-requirements-attributes", component: "ComplianceOverviewAttributes", id: .string(),
        attributes: [
            Property("compliance_name", .string()), Property("framework_description", .string()),
            Property("name", .string()), Property("framework", .string()), Property("version", .string()),
            Property("description", .string()),
            Property("attributes", .map(.any), "metadata: as the framework's file has them; check_ids: mapped checks."),
        ])

    private static let filters: [FilterSpec] =
        AccountConditions.short + [
            FilterSpec("scan_id", .uuid), FilterSpec("inserted_at", .time, [.equal, .onDay, .atLeast, .atMost]),
            FilterSpec("compliance_id", .text, [.equal, .contains]),
            FilterSpec("framework", .text, [.equal, .equalIgnoringCase, .contains]),
            FilterSpec("version", .text, [.equal, .contains]),
            FilterSpec("region", .text, [.equal, .within, .contains]),
        ]

    private static func query(_ fields: ResourceSchema, paging: PagingSpec?, required: Bool = false) -> QuerySpec {
        var filters = filters
        if required {
            filters.removeAll { $0.field == "compliance_id" }
            filters.append(FilterSpec("compliance_id", .text, [.equal, .contains], required: true))
        }
        return QuerySpec(filters: filters, search: true, sorts: ["compliance_id"], fields: [fields], paging: paging)
    }

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/compliance-overviews", operation: "compliance_overviews_list", tag: "Compliance",
            summary: "Frameworks with their requirements counted by status.", access: .authenticated,
            query: query(overview, paging: PagingSpec(size: 100)), responses: [ResponseSpec(200, .list(overview))],
            validator: PostureTag.validator, handler: list),
        Endpoint(
            .get, "/api/v1/compliance-overviews/metadata", operation: "compliance_overviews_metadata_retrieve",
            tag: "Compliance", summary: "The regions by which compliance can be filtered.", access: .authenticated,
            query: query(metadata, paging: nil), responses: [ResponseSpec(200, .resource(metadata))],
            validator: PostureTag.validator, handler: regions),
        Endpoint(
            .get, "/api/v1/compliance-overviews/requirements", operation: "compliance_overviews_requirements_retrieve",
            tag: "Compliance", summary: "The requirements of a framework, rolled up over regions and accounts.",
            access: .authenticated, query: query(detail, paging: PagingSpec(size: 1000, maximum: 5000), required: true),
            responses: [ResponseSpec(200, .list(detail))], validator: PostureTag.validator, handler: requirements),
        Endpoint(
            .get, "/api/v1/compliance-overviews/attributes", operation: "compliance_overviews_attributes_retrieve",
            tag: "Compliance", summary: "What a framework's file says of its requirements.", access: .authenticated,
            query: QuerySpec(
                filters: [
                    FilterSpec("compliance_id", .text, [.equal], required: true), FilterSpec("scan_id", .uuid),
                ], fields: [attributes], paging: PagingSpec(size: 1000, maximum: 5000)),
            responses: [ResponseSpec(200, .list(attributes))]
        ) { try await ComplianceAttributes.answer($0) },
    ]

    /// What a query says of accounts and scans.
    static func moment(_ context: RequestContext, _ reader: StoreReader) throws -> ScanMoment {
        let accounts = try AccountConditions.accounts(context, reader)
        return try ScanMoment.of(context.query, accounts, context, reader)
    }

    /// The regions that a query names; nil for all.
    private static func regions(
        _ query: JSONAPIQuery, _ moment: ScanMoment, _ context: RequestContext, _ reader: StoreReader
    ) throws -> Set<String>? {
        var wanted = query.texts("region")
        if let part = query.text("region", .contains)?.lowercased() {
            let all = try regionNames(moment, context, reader)
            let found = all.filter { $0.lowercased().contains(part) }
            wanted = wanted?.intersection(found) ?? found
        }
        return wanted
    }

    /// The names of all regions in which there are findings, whatever the query asks for besides.
    private static func regionNames(
        _ moment: ScanMoment, _ context: RequestContext, _ reader: StoreReader
    ) throws -> Set<String> {
        try CubeSelection(moment, JSONAPIQuery(), by: .regions, context.services.postures, reader).regionNames
    }

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let found = try await context.store.readRetrying { reader in
            let moment = try moment(context, reader)
            return try reader.complianceRollUps(
                AccountFilter(numbers: moment.accounts), at: moment.scan,
                regions: try regions(query, moment, context, reader), context.services.postures)
        }
        func has(_ field: String, _ value: String) -> Bool { matches(query, field, value) }
        var rows = found.filter { row in
            has("compliance_id", row.framework) && has("framework", row.name) && has("version", row.version)
                && query.search.map { "\(row.framework) \(row.name)".lowercased().contains($0.lowercased()) } ?? true
        }
        if query.sort.first?.isDescending == true { rows.reverse() }
        let page = Array(rows.dropFirst(query.page.offset).prefix(query.page.size))
        return context.answer(list: page, count: .exact(rows.count)) { row, writer in
            writer.resource(ResourceIdentifier(overview.type, row.framework)) { fill(row, &$0) }
        }
    }

    /// Whether the filters of a field let a text through.
    private static func matches(_ query: JSONAPIQuery, _ field: String, _ value: String) -> Bool {
        query.values(field).map { $0.contains { $0.text == value } } ?? true
            && query.text(field, .equalIgnoringCase).map { value.lowercased() == $0.lowercased() } ?? true
            && query.text(field, .contains).map { value.lowercased().contains($0.lowercased()) } ?? true
    }

    private static func fill(_ row: ComplianceRollUp, _ resource: inout ResourceWriter) {
        resource.attribute("framework", row.name)
        resource.attribute("version", row.version)
        resource.attribute("requirements_passed", row.count(.pass))
        resource.attribute("requirements_failed", row.count(.fail))
        resource.attribute("requirements_manual", row.total - row.count(.pass) - row.count(.fail))
        resource.attribute("total_requirements", row.total)
        resource.attribute("requirements_by_status") { json in
            json.beginObject()
            for status in RequirementStatus.allCases { json.field(status.name, row.count(status)) }
            json.endObject()
        }
        resource.attribute("providers", row.providers.sorted())
    }

    private static func regions(_ context: RequestContext) async throws -> HTTPResponse {
        let names = try await context.store.readRetrying { reader in
            try regionNames(try moment(context, reader), context, reader)
        }
        return context.answer(ResourceIdentifier(metadata.type, "metadata")) {
            $0.attribute("regions", names.sorted())
        }
    }

    private static func requirements(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        guard let id = query.text("compliance_id") else {
            throw APIError.parameter("filter[compliance_id]", "One framework is needed.", code: "required")
        }
        let (all, name) = try await context.store.readRetrying { reader in
            let moment = try moment(context, reader)
            let regions = try regions(query, moment, context, reader)
            var merged = RequirementMerge()
            try reader.complianceRequirements(
                framework: id, AccountFilter(numbers: moment.accounts), regions: (regions ?? []).sorted(),
                byRegion: false, at: moment.scan
            ) { merged.add($0) }
            return (regions?.isEmpty == true ? [] : merged.rows, try reader.framework(id)?.name)
        }
        if all.isEmpty, name == nil {
            throw APIError.notFound("There is no such framework; /api/v1/frameworks lists them.")
        }
        let rows = all.filter { row in
            matches(query, "compliance_id", id) && matches(query, "framework", name ?? row.framework)
                && matches(query, "version", row.version) && query.finds("\(row.requirement) \(row.description)")
        }
        let page = Array(rows.dropFirst(query.page.offset).prefix(query.page.size))
        return context.answer(list: page, count: .exact(rows.count)) { row, writer in
            writer.resource(ResourceIdentifier(detail.type, row.requirement)) { resource in
                resource.attribute("framework", name ?? row.framework)
                resource.attribute("version", row.version)
                resource.attribute("description", row.description)
                resource.attribute("status", ["PASS", "FAIL"].contains(row.status) ? row.status : "MANUAL")
                resource.attribute("detailed_status", row.status)
                resource.attribute("passed_checks", row.passedChecks)
                resource.attribute("failed_checks", row.failedChecks)
                resource.attribute("evaluated_checks", row.evaluatedChecks)
                resource.attribute("total_checks", row.totalChecks)
                resource.attribute("passed_findings", row.passedFindings)
                resource.attribute("total_findings", row.totalFindings)
            }
        }
    }
}
