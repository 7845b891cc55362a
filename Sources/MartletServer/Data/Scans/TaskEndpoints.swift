import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// `/api/v1/tasks`: what was asked for and is done by workers.
enum TaskEndpoints {
    private static let path: PathPattern = "/api/v1/tasks/{id}"
    /// Seconds after which it is worth to ask again.
    private static let retryAfter = "2"

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/tasks", operation: "tasks_list", tag: "Tasks", summary: "Work that was asked for.",
            access: .authenticated,
            query: QuerySpec(
                filters: [
                    FilterSpec("name", .text, [.equal, .contains]), FilterSpec("state", .choice(ScanShape.states)),
                ], search: true, sorts: ["inserted_at", "completed_at", "name", "state"], fields: [TaskShape.schema],
                paging: PagingSpec()),
            responses: [ResponseSpec(200, .list(TaskShape.schema))], handler: list),
        Endpoint(
            .get, path, operation: "tasks_retrieve", tag: "Tasks", summary: "How far a task has come.",
            access: .authenticated, query: QuerySpec(fields: [TaskShape.schema]),
            responses: [ResponseSpec(200, .resource(TaskShape.schema))], state: state
        ) { try await answer(try $0.uuid(), $0) },
        Endpoint(
            .delete, path, operation: "tasks_destroy", tag: "Tasks", summary: "Cancels a task that has not ended.",
            access: .permission(.manageScans), responses: [ResponseSpec(202, .resource(TaskShape.schema))],
            state: state, handler: cancel),
    ]

    /// Names of tasks, each with its kinds and whether a schedule asked for it.
    private static let names: [(name: String, kind: JobKind, isScheduled: Bool?)] =
        [("scan-perform", .scan, false), ("scan-perform-scheduled", .scan, true)]
        + JobKind.allCases.filter { $0 != .scan }.map { (TaskShape.name(of: $0), $0, nil) }

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        var wanted = StoreReader.TaskQuery()
        wanted.accounts = try context.visible
        switch query.text("state") {
        case "available": wanted.states = [.queued]
        case "executing": wanted.states = [.running]
        case "scheduled": wanted.states = []
        case let name?: wanted.states = Set(JobState(rawValue: name).map { [$0] } ?? [])
        case nil: break
        }
        let part = (query.text("name", .contains) ?? query.search)?.lowercased()
        let exact = query.text("name")
        if part != nil || exact != nil {
            let found = names.filter { exact.map($0.name.isEqual) ?? true && part.map($0.name.contains) ?? true }
            wanted.kinds = Set(found.map(\.kind))
            let scans = found.filter { $0.kind == .scan }
            if scans.count == 1, found.count == 1 { wanted.isScheduled = scans.first?.isScheduled }
        }
        wanted.order = query.sort.map { key in
            let column =
                switch key.field {
                case "inserted_at": "j.queued_at"
                case "completed_at": "j.finished_at"
                case "name": "j.kind"
                default: "j.state"
                }
            return column + (key.isDescending ? " DESC NULLS LAST" : " ASC NULLS FIRST")
        }
        let fixed = wanted
        let (rows, count) = try await context.store.readRetrying {
            try $0.tasks(fixed, offset: query.page.offset, limit: query.page.size)
        }
        return context.answer(list: rows, count: context.count(count)) { row, writer in
            writer.resource(ResourceIdentifier(TaskShape.type, row.id)) { TaskShape.fill(row, &$0) }
        }
    }

    private static func row(_ id: String, _ context: RequestContext) async throws -> TaskRow {
        guard let row = try await context.store.readRetrying({ try row(id, context, $0) }) else {
            throw APIError.notFound("There is no task \(id).")
        }
        return row
    }

    private static func row(_ id: String, _ context: RequestContext, _ reader: StoreReader) throws -> TaskRow? {
        var wanted = StoreReader.TaskQuery()
        wanted.accounts = try context.visible
        wanted.id = id
        return try reader.tasks(wanted, limit: 1).rows.first
    }

    /// How a task stands; how far a running one has come does not count.
    private static let state: Endpoint.State = { context, connection in
        let reader = StoreReader(connection: connection, tenant: try context.principal.tenant)
        guard var row = try row(context.uuid(), context, reader) else { return nil }
        (row.progress, row.progressText) = (0, nil)
        return ContentHash(of: row)
    }

    /// The task as it is now.
    static func answer(
        _ id: String, status: Int = 200, headers: HTTPHeaders = [:], _ context: RequestContext
    ) async throws -> HTTPResponse {
        let row = try await row(id, context)
        return context.answer(ResourceIdentifier(TaskShape.type, row.id), status: status, headers: headers) {
            TaskShape.fill(row, &$0)
        }
    }

    /// 202 for a scan that was asked for: where it is, where its task is, and when to ask again.
    static func accepted(_ scan: String, _ context: RequestContext) async throws -> HTTPResponse {
        try await answer(
            scan, status: 202,
            headers: [
                "Location": "/api/v1/scans/\(scan)", "Content-Location": "/api/v1/tasks/\(scan)",
                "Retry-After": retryAfter,
            ], context)
    }

    /// What an endpoint answers whose work a task does.
    static let acceptance = ResponseSpec(
        202, .resource(TaskShape.schema), "The task that does it.", headers: ["Content-Location", "Retry-After"])

    /// 202 for work that was asked for: where its task is, and when to ask again.
    static func accepted(task: String, _ context: RequestContext) async throws -> HTTPResponse {
        try await answer(
            task, status: 202, headers: ["Content-Location": "/api/v1/tasks/\(task)", "Retry-After": retryAfter],
            context)
    }

    /// Says of an answer whose work goes on in a task where that is.
    static func mark(_ response: HTTPResponse, task: String) -> HTTPResponse {
        var response = response
        response.status = 202
        response.headers["Content-Location"] = "/api/v1/tasks/\(task)"
        response.headers["Retry-After"] = retryAfter
        return response
    }

    private static func cancel(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let row = try await row(id, context)
        let store = try context.store
        let hooks = context.hooks(AuditNote("cancel", TaskShape.type, id))
        switch row.kind {
        case .scan: _ = try await ScanRequest.queueing { try await ScanQueue(store: store).cancel(id, hooks: hooks) }
        case .connection:
            let job = JobID(tenant: try context.principal.tenant, id: id)
            _ = try await store.database.write { connection in
                try hooks.before(connection)
                let machine = try Jobs.apply(.requestCancel, to: job, connection)
                try hooks.after(connection)
                return machine
            }
        default: throw APIError.conflict("This is the tenant's own work, which comes to its end by itself.")
        }
        return try await answer(id, status: 202, headers: ["Content-Location": "/api/v1/tasks/\(id)"], context)
    }
}

extension String {
    fileprivate func isEqual(_ other: String) -> Bool { self == other }
}
