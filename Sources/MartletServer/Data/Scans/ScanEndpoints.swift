import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// `/api/v1/scans`: asking for scans, and what became of them.
enum ScanEndpoints {
    private static let path: PathPattern = "/api/v1/scans/{id}"
    private static let sorts = [
        "name", "trigger", "attempted_at", "scheduled_at", "inserted_at", "updated_at", "completed_at", "state",
    ]

    private static let create = ResourceSchema(
        "scans", component: "ScanCreate", id: nil,
        attributes: [
            Property("name", .nullable(.string(maxLength: 100))),
            Property("source", .string(maxLength: 200), "external:NAME; the provider's own source where it has one."),
            Property("scope", .choice(ImportScope.allCases.map(\.rawValue)), "What the source is taken to cover."),
            Property("checks", .array(.string(maxLength: 255), max: 1000), "Only these checks."),
            Property("services", .array(.string(maxLength: 255), max: 1000)),
            Property("regions", .array(.string(maxLength: 255), max: 1000)),
            Property("severities", .array(.choice(Severity.allCases.map(\.name)), max: 5)),
            Property("priority", .integer(-1000...1000)), Property("queue", .string(maxLength: 50)),
        ], relationships: [.one("provider", AccountShape.type, required: true)])

    private static let update = ResourceSchema(
        "scans", component: "ScanUpdate", attributes: [Property("name", .nullable(.string(maxLength: 100)))])

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/scans", operation: "scans_list", tag: "Scans",
            summary: "Scans of the accounts that the caller may see, the newest first.", access: .authenticated,
            query: QuerySpec(
                filters: AccountConditions.filters + [
                    FilterSpec("id", .uuid, [.equal, .within]), FilterSpec("name", .text, [.equal, .contains]),
                    FilterSpec("state", .choice(ScanShape.states), [.equal, .within]),
                    FilterSpec("phase", .choice(ScanState.allCases.map(\.rawValue)), [.equal, .within]),
                    FilterSpec("trigger", .choice(["manual", "scheduled"])),
                    FilterSpec("inserted_at", .time, [.equal, .atLeast, .atMost]),
                    FilterSpec("started_at", .time, [.equal, .atLeast, .atMost]),
                    FilterSpec("completed_at", .time, [.equal, .atLeast, .atMost]),
                ], search: true, sorts: sorts, includes: ["provider"], fields: [ScanShape.schema, AccountShape.schema],
                paging: PagingSpec()),
            responses: [ResponseSpec(200, .list(ScanShape.schema))], handler: list),
        Endpoint(
            .post, "/api/v1/scans", operation: "scans_create", tag: "Scans",
            summary: "Asks for a scan. A worker does it; poll the task, or the scan itself.",
            access: .permission(.manageScans), request: .resource(create),
            responses: [
                ResponseSpec(
                    202, .resource(TaskShape.schema), headers: ["Location", "Content-Location", "Retry-After"])
            ], startsWork: true, handler: start),
        Endpoint(
            .get, path, operation: "scans_retrieve", tag: "Scans", summary: "One scan, with what it covers.",
            access: .authenticated,
            query: QuerySpec(includes: ["provider"], fields: [ScanShape.schema, AccountShape.schema]),
            responses: [ResponseSpec(200, .resource(ScanShape.schema))], state: state, handler: get),
        Endpoint(
            .patch, path, operation: "scans_partial_update", tag: "Scans", summary: "Renames a scan.",
            access: .permission(.manageScans), request: .resource(update),
            responses: [ResponseSpec(200, .resource(ScanShape.schema))], state: state, handler: rename),
        Endpoint(
            .post, "/api/v1/scans/{id}/cancel", operation: "scans_cancel", tag: "Scans",
            summary: "Ends a scan: a queued one at once, a running one within two seconds.",
            access: .permission(.manageScans), responses: [ResponseSpec(202, .resource(TaskShape.schema))],
            startsWork: true
        ) { try await apply($0, verb: "cancel") { try await $0.cancel($1, hooks: $2) } },
        Endpoint(
            .post, "/api/v1/scans/{id}/retry", operation: "scans_retry", tag: "Scans",
            summary: "Queues a scan anew that has failed or was cancelled.", access: .permission(.manageScans),
            responses: [ResponseSpec(202, .resource(TaskShape.schema))], startsWork: true
        ) { try await apply($0, verb: "retry") { try await $0.retry($1, hooks: $2) } },
    ]

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let (rows, count, accounts) = try await context.store.readRetrying { reader in
            var wanted = ScanQuery()
            wanted.accounts = try AccountConditions.accounts(context, reader)
            wanted.ids = query.texts("id")
            if let names = query.texts("state") {
                wanted.states = names.reduce(into: []) { $0.formUnion(ScanShape.states(named: $1)) }
            }
            if let phases = query.texts("phase") {
                let named = Set(phases.compactMap(ScanState.init(rawValue:)))
                wanted.states = wanted.states?.intersection(named) ?? named
            }
            wanted.isScheduled = query.text("trigger").map { $0 == "scheduled" }
            wanted.name = query.text("name")
            wanted.namePart = query.text("name", .contains) ?? query.search
            wanted.queued = try query.range("inserted_at")
            wanted.started = try query.range("started_at")
            wanted.finished = try query.range("completed_at")
            wanted.order = query.sort.map { (order($0.field), $0.isDescending) }
            let rows = try reader.scanPage(wanted, offset: query.page.offset, limit: query.page.size)
            let accounts = query.include.isEmpty ? [] : try reader.accountDetails(wanted.accounts)
            return (rows, try reader.scanCount(wanted), accounts)
        }
        var writer = context.writer()
        writer.beginList()
        let byKey = Dictionary(accounts.map { ($0.key, $0) }) { first, _ in first }
        for row in rows {
            writer.resource(ResourceIdentifier("scans", row.scan.id)) { ScanShape.fill(row, &$0, context) }
            include(byKey[row.scan.account], &writer, context)
        }
        writer.endList(links: PageLinks(context, count: context.count(count)))
        return writer.response()
    }

    private static func include(_ account: AccountDetail?, _ writer: inout JSONAPIWriter, _ context: RequestContext) {
        guard let account else { return }
        writer.include(ResourceIdentifier(AccountShape.type, account.identifier)) {
            AccountShape.fill(account, secrets: [], groups: [], &$0, context)
        }
    }

    private static func order(_ field: String) -> ScanQuery.Order {
        switch field {
        case "name": .name
        case "trigger": .trigger
        case "attempted_at": .claimedAt
        case "scheduled_at": .scheduledAt
        case "completed_at", "updated_at": .finishedAt
        case "state": .state
        default: .queuedAt
        }
    }

    /// What a scan is and how it stands; how far a running one has come does not count.
    private static let state: Endpoint.State = { context, connection in
        let reader = StoreReader(connection: connection, tenant: try context.principal.tenant)
        guard let row = try reader.scanDetail(try context.uuid(), accounts: try context.visible) else { return nil }
        return ContentHash(of: row.scan.id, row.scan.state, row.name, row.job?.isCancelRequested)
    }

    private static func get(_ context: RequestContext) async throws -> HTTPResponse {
        try await answer(try context.uuid(), context)
    }

    private static func answer(_ id: String, _ context: RequestContext) async throws -> HTTPResponse {
        let (detail, coverage, account) = try await context.store.readRetrying { reader in
            let detail = try context.scan(id, reader)
            let isPublished = detail.scan.state == .completed || detail.scan.state == .completedWithGaps
            return (
                detail,
                isPublished
                    ? try reader.coverageCounts(of: detail.account, generation: detail.scan.generation) : [:],
                context.query.include.isEmpty ? nil : try reader.accountDetails([detail.account]).first
            )
        }
        var writer = context.writer()
        writer.single(ResourceIdentifier("scans", detail.scan.id)) {
            ScanShape.fill(detail, coverage: coverage, &$0, context)
        }
        include(account, &writer, context)
        writer.finish()
        return writer.response()
    }

    private static func start(_ context: RequestContext) async throws -> HTTPResponse {
        let input = try await context.input()
        let name = try ScanName.checked(input)
        let store = try context.store
        let provider = input.one("provider") ?? ""
        let (account, order) = try await store.readRetrying { reader in
            let account = try context.account(provider, reader, pointer: "/data/relationships/provider")
            return (account, try ScanRequest.order(input, of: account.key, reader))
        }
        let tenant = try context.principal.tenant
        let id = try await ScanRequest.queueing {
            try await ScanQueue(store: store).start(
                account: account.key.description, order: order, priority: input.integer("priority") ?? 0,
                queue: input.string("queue") ?? JobRequest.defaultQueue
            ) { id, connection in
                if let name { _ = try Scans.setName(name, id: id, tenant: tenant, connection) }
                try context.note(
                    AuditNote(
                        "start", "scans", id,
                        [.init("provider", .string(account.identifier)), .init("source", .string(order.source))]),
                    connection)
            }
        }
        return try await TaskEndpoints.accepted(id, context)
    }

    private static func rename(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let input = try await context.input(id: id)
        _ = try await context.store.readRetrying { try context.scan(id, $0) }
        let name = try ScanName.checked(input)
        let tenant = try context.principal.tenant
        let isNamed = input.has("name")
        try await context.store.database.write { connection in
            try EditLock.scans.take(tenant: tenant, connection)
            try context.requireMatch(connection)
            guard isNamed else { return }
            _ = try Scans.setName(name, id: id, tenant: tenant, connection)
            try context.note(AuditNote("update", "scans", id), connection)
        }
        return try await answer(id, context)
    }

    private static func apply(
        _ context: RequestContext, verb: String, _ body: (ScanQueue, String, ChangeHooks) async throws -> ScanState
    ) async throws -> HTTPResponse {
        let id = try context.uuid()
        let store = try context.store
        let detail = try await store.readRetrying { try context.scan(id, $0) }
        guard detail.job != nil else {
            throw APIError.conflict("This scan is an import's, which ends with its own process.")
        }
        let hooks = context.hooks(AuditNote(verb, "scans", id))
        _ = try await ScanRequest.queueing { try await body(ScanQueue(store: store), id, hooks) }
        return try await TaskEndpoints.accepted(id, context)
    }
}
