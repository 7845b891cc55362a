import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// `/api/v1/ingestions`: files of findings that are uploaded, and taken in by workers.
enum IngestionEndpoints {
    private static let type = "ingestions"
    /// The largest upload: 1 GiB.
    private static let maximumBytes: Int64 = 1 << 30

    private static let schema = ResourceSchema(
        type, component: "Ingestion",
        attributes: [
            Property("state", .choice(["pending", "processing", "completed", "failed"])),
            Property("name", .string(), "What the file is called."), Property("size", .integer()),
            Property("total", .integer(), "Statements in the file; 0 until it was looked through."),
            Property("processed", .integer(), "Statements that published scans have taken in."),
            Property("invalid", .integer(), "Statements that cannot be used."), Property("inserted_at", .time),
            Property("completed_at", .nullable(.time)),
            Property("error", .nullable(.object([Property("code", .string()), Property("message", .string())]))),
        ], relationships: [.many("scans", "scans"), .one("task", TaskShape.type), .one("created_by", "users")])

    static let all: [Endpoint] = [
        Endpoint(
            .post, "/api/v1/ingestions", operation: "ingestions_create", tag: "Ingestions",
            summary: "Uploads what a scanner wrote: OCSF or Prowler's CSV, plain, gzip or zstd, as the part `file`.",
            access: .permission(.manageScans),
            request: .multipart([
                Property("scope", .choice(ImportScope.allCases.map(\.rawValue)), "Before the file; what it covers."),
                Property("file", .format("binary"), required: true),
            ]),
            responses: [
                ResponseSpec(202, .resource(schema), headers: ["Location", "Content-Location", "Retry-After"])
            ],
            bodyLimit: maximumBytes, startsWork: true, handler: upload),
        Endpoint(
            .get, "/api/v1/ingestions", operation: "ingestions_list", tag: "Ingestions",
            summary: "Uploads, the newest first.", access: .permission(.manageScans),
            query: QuerySpec(fields: [schema], paging: PagingSpec()), responses: [ResponseSpec(200, .list(schema))]
        ) { context in
            let page = context.query.page
            let (rows, count) = try await context.store.readRetrying { reader in
                (try reader.ingestions(offset: page.offset, limit: page.size), try reader.ingestionCount())
            }
            let visible = try context.visible
            return context.answer(list: rows, count: .exact(Int(count))) { row, writer in
                writer.resource(ResourceIdentifier(type, row.id)) { fill(row, visible, &$0, context) }
            }
        },
        Endpoint(
            .get, "/api/v1/ingestions/{id}", operation: "ingestions_retrieve", tag: "Ingestions",
            summary: "How far an upload has come.", access: .permission(.manageScans),
            query: QuerySpec(fields: [schema]), responses: [ResponseSpec(200, .resource(schema))]
        ) { try await answer(try $0.uuid(), $0) },
    ]

    private static func answer(
        _ id: String, status: Int = 200, headers: HTTPHeaders = [:], _ context: RequestContext
    ) async throws -> HTTPResponse {
        let visible = try context.visible
        guard let row = try await context.store.readRetrying({ try $0.ingestions(id, limit: 1).first }) else {
            throw APIError.notFound("There is no ingestion \(id).")
        }
        return context.answer(ResourceIdentifier(type, id), status: status, headers: headers) {
            fill(row, visible, &$0, context)
        }
    }

    private static func fill(
        _ row: IngestionRow, _ visible: Set<Int64>?, _ resource: inout ResourceWriter, _ context: RequestContext
    ) {
        let scans = row.scans.filter { visible?.contains($0.account) ?? true }
        resource.attribute("state", row.state == "uploading" ? "pending" : row.state)
        resource.attribute("name", row.name)
        resource.attribute("size", row.size)
        resource.attribute("total", row.total)
        resource.attribute("processed", scans.reduce(0) { $0 + $1.read })
        resource.attribute("invalid", row.invalid)
        resource.attribute("inserted_at", row.createdAt)
        resource.attribute("completed_at", row.finishedAt)
        resource.attribute(
            "error",
            row.failure.map { .object([.init("code", .string($0.code)), .init("message", .string($0.message))]) }
                ?? JSONValue.null)
        resource.many("scans", scans.map { ResourceIdentifier("scans", $0.scan) })
        resource.one("task", ResourceIdentifier(TaskShape.type, row.id))
        resource.one("created_by", row.createdBy.map { ResourceIdentifier("users", $0) })
        resource.link("self", context.url(type, row.id))
    }

    private static func upload(_ context: RequestContext) async throws -> HTTPResponse {
        guard try context.visible == nil else {
            // The file may speak of any account.
            throw APIError.forbidden("Files are uploaded by callers who see all accounts.")
        }
        let tenant = try context.principal.tenant
        let id = UUIDText.random()
        let intake = UploadIntake(store: try context.store, id: id, user: try context.principal.user)
        do {
            let (name, scope) = try await intake.take(context.request)
            let payload = JSONValue.object([
                .init("ingestion", .string(id)), .init("scope", .string(scope)), .init("name", .string(name)),
            ])
            try await context.store.database.write { connection in
                try Ingestions.setState("pending", of: id, tenant: tenant, connection)
                _ = try Jobs.enqueue(
                    JobRequest(id: id, kind: .ingestion, payload: payload.text), tenant: tenant, connection)
                try context.note(AuditNote("create", type, id, [.init("name", .string(name))]), connection)
            }
        } catch {
            try? await context.store.database.write { try Ingestions.remove(id, tenant: tenant, $0) }
            throw error
        }
        return try await answer(
            id, status: 202,
            headers: [
                "Location": "/api/v1/ingestions/\(id)", "Content-Location": "/api/v1/tasks/\(id)", "Retry-After": "2",
            ], context)
    }
}
