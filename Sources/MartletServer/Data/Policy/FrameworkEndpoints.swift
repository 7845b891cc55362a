import MartletCore
import MartletEngine
import MartletFormats
import MartletHTTPServer
import MartletStore

/// `/api/v1/frameworks`: the compliance frameworks of the tenant, and `/api/v1/sources`: what can scan.
enum FrameworkEndpoints {
    private static let schema = ResourceSchema(
        "frameworks", component: "Framework", id: .string(),
        attributes: [
            Property("name", .string()), Property("title", .string()), Property("version", .string()),
            Property("providers", .array(.string())), Property("requirements", .integer()),
            Property("checks", .integer()), Property("content_hash", .string()),
            Property("shipped", .boolean, "Whether this content came with the program."),
        ])

    private static let create = ResourceSchema(
        "frameworks", component: "FrameworkCreate", id: nil,
        attributes: [
            Property("id", .string(maxLength: 200), "The file's name without .json.", required: true),
            Property("document", .map(.any), "The framework in either of Prowler's two forms.", required: true),
        ])

    private static let source = ResourceSchema(
        "sources", component: "Source", id: .string(),
        attributes: [
            Property("name", .string()), Property("origin", .string(), "What a scan's source attribute says."),
            Property("inserted_at", .time), Property("updated_at", .time),
        ])

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/frameworks", operation: "frameworks_list", tag: "Compliance",
            summary: "The frameworks that are in use, by id.", access: .authenticated,
            query: QuerySpec(fields: [schema], paging: PagingSpec(size: 100)),
            responses: [ResponseSpec(200, .list(schema))]
        ) { context in
            let rows = try await context.store.readRetrying { try $0.frameworks() }
            let page = Array(rows.dropFirst(context.query.page.offset).prefix(context.query.page.size))
            return context.answer(list: page, count: .exact(rows.count)) { row, writer in
                writer.resource(ResourceIdentifier("frameworks", row.id)) { fill(row, &$0) }
            }
        },
        Endpoint(
            .post, "/api/v1/frameworks", operation: "frameworks_create", tag: "Compliance",
            summary: "Adds a framework, or a newer content of one, and evaluates every posture by it.",
            access: .permission(.manageAccount), request: .resource(create),
            responses: [
                ResponseSpec(201, .resource(schema)),
                ResponseSpec(
                    202, .resource(schema), "The framework; a task evaluates the postures by it.",
                    headers: ["Content-Location", "Retry-After"]),
            ], bodyLimit: 16 << 20, startsWork: true, handler: add),
        Endpoint(
            .get, "/api/v1/frameworks/{id}", operation: "frameworks_retrieve", tag: "Compliance",
            summary: "One framework.", access: .authenticated, query: QuerySpec(fields: [schema]),
            responses: [ResponseSpec(200, .resource(schema))], state: state
        ) { try await answer(try $0.path(), $0) },
        Endpoint(
            .delete, "/api/v1/frameworks/{id}", operation: "frameworks_destroy", tag: "Compliance",
            summary: "Takes a framework out of use; scans of the past keep their rows of it.",
            access: .permission(.manageAccount), responses: [ResponseSpec(204, .none), TaskEndpoints.acceptance],
            state: state
        ) { context in
            let id = try context.path()
            let reevaluation = try await Administration(store: try context.store).removeFramework(
                id, mode: .byWorker, hooks: context.hooks(AuditNote("delete", "frameworks", id)))
            guard case .queued(let job) = reevaluation else { return context.nothing }
            return try await TaskEndpoints.accepted(task: job, context)
        },
        Endpoint(
            .get, "/api/v1/sources", operation: "sources_list", tag: "Scans",
            summary: "Scanners that workers run. They are added at the command line only: they are programs.",
            access: .authenticated, query: QuerySpec(fields: [source], paging: PagingSpec(size: 100)),
            responses: [ResponseSpec(200, .list(source))]
        ) { context in
            let rows = try await context.store.readRetrying { try $0.externalSources() }
            let page = Array(rows.dropFirst(context.query.page.offset).prefix(context.query.page.size))
            return context.answer(list: page, count: .exact(rows.count)) { row, writer in
                writer.resource(ResourceIdentifier("sources", row.name)) { resource in
                    resource.attribute("name", row.name)
                    resource.attribute("origin", "external:\(row.name)")
                    resource.attribute("inserted_at", row.createdAt)
                    resource.attribute("updated_at", row.updatedAt)
                }
            }
        },
    ]

    private static let state: Endpoint.State = { context, connection in
        let reader = StoreReader(connection: connection, tenant: try context.principal.tenant)
        return try reader.framework(context.path())?.source.contentHash
    }

    private static func fill(_ row: FrameworkRow, _ resource: inout ResourceWriter) {
        resource.attribute("name", row.name)
        resource.attribute("title", row.title)
        resource.attribute("version", row.version)
        resource.attribute("providers", row.providers)
        resource.attribute("requirements", row.requirements)
        resource.attribute("checks", row.checks)
        resource.attribute("content_hash", row.contentHash)
        resource.attribute("shipped", ShippedFrameworks.isShipped(row.id, contentHash: row.contentHash))
    }

    private static func answer(_ id: String, status: Int = 200, _ context: RequestContext) async throws -> HTTPResponse
    {
        let rows = try await context.store.readRetrying { try $0.frameworks() }
        guard let row = rows.first(where: { $0.id == id }) else {
            throw APIError.notFound("There is no framework of this id.")
        }
        return context.answer(ResourceIdentifier("frameworks", id), status: status) { fill(row, &$0) }
    }

    private static func add(_ context: RequestContext) async throws -> HTTPResponse {
        let input = try await context.input()
        let id = input.string("id") ?? ""
        guard 1...200 ~= id.utf8.count, id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }) else {
            throw APIError.field("/data/attributes/id", "An id has 1 to 200 letters, digits and ._-.")
        }
        let document = input.attributes["document"] ?? .object([])
        let reevaluation: Reevaluation
        do {
            reevaluation = try await Administration(store: try context.store).addFrameworks(
                [(id + ".json", Array(document.text.utf8))], mode: .byWorker,
                hooks: context.hooks(AuditNote("create", "frameworks", id))
            ).reevaluation
        } catch let error as MartletError where error.code == .invalidInput || error.code == .usage {
            throw APIError.field("/data/attributes/document", error.description)
        }
        let response = try await answer(id, status: 201, context)
        guard case .queued(let job) = reevaluation else { return response }
        return TaskEndpoints.mark(response, task: job)
    }
}
