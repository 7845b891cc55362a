import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// `/api/v1/schedules`: scans by cron expression, and Prowler's daily one.
enum ScheduleEndpoints {
    private static let type = "schedules"
    private static let path: PathPattern = "/api/v1/schedules/{id}"

    private static let schema = ResourceSchema(
        type, component: "Schedule", id: .string(),
        attributes: [
            Property("name", .string()), Property("cron", .string()), Property("timezone", .string()),
            Property("source", .string()), Property("scope", .string()), Property("filters", .map(.array(.string()))),
            Property("jitter", .integer(), "The longest delay of a scan behind its slot, in seconds."),
            Property("missed", .choice(MissedSlotPolicy.allCases.map(\.rawValue))), Property("priority", .integer()),
            Property("queue", .string()), Property("paused", .boolean), Property("inserted_at", .time),
            Property("next_scan_at", .nullable(.time)), Property("last_scan_at", .nullable(.time)),
            Property("last_scan_phase", .nullable(.string())),
            Property("error", .nullable(.object([Property("code", .string()), Property("message", .string())]))),
        ], relationships: [.one("provider", AccountShape.type), .one("last_scan", "scans")])

    private static let create = ResourceSchema(
        type, component: "ScheduleCreate", id: nil,
        attributes: [
            Property("name", .string(maxLength: 100)), Property("cron", .string(maxLength: 200), required: true),
            Property("timezone", .string(maxLength: 100)), Property("source", .string(maxLength: 200)),
            Property("scope", .choice(ImportScope.allCases.map(\.rawValue))),
            Property("checks", .array(.string(maxLength: 255), max: 1000)),
            Property("services", .array(.string(maxLength: 255), max: 1000)),
            Property("regions", .array(.string(maxLength: 255), max: 1000)),
            Property("severities", .array(.choice(Severity.allCases.map(\.name)), max: 5)),
            Property("jitter", .integer(0...86_400)),
            Property("missed", .choice(MissedSlotPolicy.allCases.map(\.rawValue))),
            Property("priority", .integer(-1000...1000)), Property("queue", .string(maxLength: 50)),
        ], relationships: [.one("provider", AccountShape.type, required: true)])

    private static let update = ResourceSchema(
        type, component: "ScheduleUpdate", id: .string(), attributes: [Property("paused", .boolean, required: true)])

    private static let daily = ResourceSchema(
        "daily-schedules", component: "ScheduleDailyCreate", id: nil,
        attributes: [Property("provider_id", .uuid, required: true), Property("source", .string(maxLength: 200))])

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/schedules", operation: "schedules_list", tag: "Schedules",
            summary: "Schedules of the accounts that the caller may see, the oldest first.", access: .authenticated,
            query: QuerySpec(filters: AccountConditions.filters, fields: [schema], paging: PagingSpec()),
            responses: [ResponseSpec(200, .list(schema))], handler: list),
        Endpoint(
            .post, "/api/v1/schedules", operation: "schedules_create", tag: "Schedules",
            summary: "Adds a schedule by cron expression.", access: .permission(.manageScans),
            request: .resource(create), responses: [ResponseSpec(201, .resource(schema))], handler: add),
        Endpoint(
            .post, "/api/v1/schedules/daily", operation: "schedules_daily_create", tag: "Schedules",
            summary: "Scans an account now, and every day at this time.", access: .permission(.manageScans),
            request: .resource(daily),
            responses: [ResponseSpec(202, .resource(TaskShape.schema), headers: ["Location", "Content-Location"])],
            startsWork: true, handler: addDaily),
        Endpoint(
            .get, path, operation: "schedules_retrieve", tag: "Schedules", summary: "One schedule.",
            access: .authenticated, query: QuerySpec(fields: [schema]),
            responses: [ResponseSpec(200, .resource(schema))], state: state
        ) { answer(try await row($0), $0) },
        Endpoint(
            .patch, path, operation: "schedules_partial_update", tag: "Schedules", summary: "Pauses or resumes.",
            access: .permission(.manageScans), request: .resource(update),
            responses: [ResponseSpec(200, .resource(schema))], state: state, handler: pause),
        Endpoint(
            .delete, path, operation: "schedules_destroy", tag: "Schedules",
            summary: "Removes a schedule; scans that it asked for stay.", access: .permission(.manageScans),
            responses: [ResponseSpec(204, .none)], state: state, handler: remove),
    ]

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let rows = try await context.store.readRetrying { reader in
            let accounts = try AccountConditions.accounts(context, reader)
            return try reader.schedules().filter { accounts?.contains($0.schedule.account.account) ?? true }
        }
        let page = context.query.page
        return context.answer(
            list: Array(rows.dropFirst(page.offset).prefix(page.size)), count: .exact(rows.count)
        ) { row, writer in
            writer.resource(ResourceIdentifier(type, row.schedule.id)) { fill(row, &$0, context) }
        }
    }

    private static func row(_ context: RequestContext) async throws -> ScheduleRow {
        guard let row = try await context.store.readRetrying({ try row(context, $0) }) else {
            throw APIError.notFound("There is no schedule of this id.")
        }
        return row
    }

    private static func row(_ context: RequestContext, _ reader: StoreReader) throws -> ScheduleRow? {
        let id = try context.path()
        let row = try reader.schedule(id)
        guard let row, row.schedule.id == id, try context.visible?.contains(row.schedule.account.account) ?? true
        else { return nil }
        return row
    }

    private static let state: Endpoint.State = { context, connection in
        let reader = StoreReader(connection: connection, tenant: try context.principal.tenant)
        return try row(context, reader).map { ContentHash(of: $0.schedule) }
    }

    private static func answer(_ row: ScheduleRow, status: Int = 200, _ context: RequestContext) -> HTTPResponse {
        context.answer(ResourceIdentifier(type, row.schedule.id), status: status) { fill(row, &$0, context) }
    }

    private static func fill(_ row: ScheduleRow, _ resource: inout ResourceWriter, _ context: RequestContext) {
        let schedule = row.schedule
        let order = try? ScanOrder(payload: schedule.payload, version: schedule.version)
        resource.attribute("name", schedule.name)
        resource.attribute("cron", schedule.cron)
        resource.attribute("timezone", schedule.timezone)
        resource.attribute("source", order?.source ?? "")
        resource.attribute("scope", order?.scope.rawValue ?? "")
        resource.attribute("filters", order?.filters.json ?? .object([]))
        resource.attribute("jitter", schedule.jitter)
        resource.attribute("missed", schedule.missed)
        resource.attribute("priority", schedule.priority)
        resource.attribute("queue", schedule.queue)
        resource.attribute("paused", schedule.pausedAt != nil)
        resource.attribute("inserted_at", schedule.createdAt)
        resource.attribute("next_scan_at", schedule.lookAt)
        resource.attribute("last_scan_at", schedule.lastSlot)
        resource.attribute("last_scan_phase", row.lastState?.rawValue)
        resource.attribute(
            "error",
            schedule.failure.map {
                .object([.init("code", .string($0.code)), .init("message", .string($0.message))])
            } ?? .null)
        resource.one("provider", ResourceIdentifier(AccountShape.type, row.account.identifier))
        resource.one("last_scan", schedule.lastScan.map { ResourceIdentifier("scans", $0) })
        resource.link("self", context.url(type, schedule.id))
    }

    private static func add(_ context: RequestContext) async throws -> HTTPResponse {
        let input = try await context.input()
        let provider = input.one("provider") ?? ""
        let (account, order) = try await context.store.readRetrying { reader in
            let account = try context.account(provider, reader, pointer: "/data/relationships/provider")
            return (account, try ScanRequest.order(input, of: account.key, reader))
        }
        var request = ScheduleRequest(
            account: account.key.description, order: order, cron: input.string("cron") ?? "")
        request.name = input.string("name")
        if let zone = input.string("timezone") { request.timezone = zone }
        request.jitter = Int(input.integer("jitter") ?? 0)
        if let missed = input.string("missed").flatMap(MissedSlotPolicy.init(rawValue:)) { request.missed = missed }
        request.priority = input.integer("priority") ?? 0
        request.queue = input.string("queue") ?? JobRequest.defaultQueue
        let fixed = request
        let store = try context.store
        let row = try await ScanRequest.queueing {
            try await ScanSchedules(store: store).add(fixed) {
                try context.note(AuditNote("create", type, $0, [.init("cron", .string(fixed.cron))]), $1)
            }
        }
        return answer(row, status: 201, context)
    }

    private static func addDaily(_ context: RequestContext) async throws -> HTTPResponse {
        let input = try await context.input()
        let store = try context.store
        let provider = input.string("provider_id") ?? ""
        let (account, order, now) = try await store.readRetrying { reader in
            let account = try context.account(provider, reader, pointer: "/data/attributes/provider_id")
            return (account, try ScanRequest.order(input, of: account.key, reader), try reader.now())
        }
        let minute = now.milliseconds / 60_000 % 1_440
        var request = ScheduleRequest(
            account: account.key.description, order: order, cron: "\(minute % 60) \(minute / 60) * * *")
        // One for each account: its name is taken by the first.
        request.name = "daily \(account.identifier)"
        let fixed = request
        _ = try await ScanRequest.queueing {
            try await ScanSchedules(store: store).add(fixed) {
                try context.note(AuditNote("create", type, $0, [.init("cron", .string(fixed.cron))]), $1)
            }
        }
        let scan = try await ScanRequest.queueing {
            try await ScanQueue(store: store).start(account: account.key.description, order: order) {
                try context.note(
                    AuditNote("start", "scans", $0, [.init("provider", .string(account.identifier))]), $1)
            }
        }
        return try await TaskEndpoints.accepted(scan, context)
    }

    private static func pause(_ context: RequestContext) async throws -> HTTPResponse {
        let old = try await row(context)
        let input = try await context.input(id: old.schedule.id)
        let schedules = ScanSchedules(store: try context.store)
        let isPaused = input.boolean("paused") == true
        let hooks = context.hooks(AuditNote(isPaused ? "pause" : "resume", type, old.schedule.id))
        let row =
            try await isPaused
            ? schedules.pause(old.schedule.id, hooks: hooks) : schedules.resume(old.schedule.id, hooks: hooks)
        return answer(row, context)
    }

    private static func remove(_ context: RequestContext) async throws -> HTTPResponse {
        let row = try await row(context)
        let hooks = context.hooks(AuditNote("delete", type, row.schedule.id))
        _ = try await ScanSchedules(store: try context.store).remove(row.schedule.id, hooks: hooks)
        return context.nothing
    }
}
