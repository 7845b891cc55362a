import MartletCore
import MartletEngine
import MartletFormats
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/processors`: the tenant's mutelist, in Prowler's form. There is one or none.
enum ProcessorEndpoints {
    private static let type = "processors"
    private static let path: PathPattern = "/api/v1/processors/{id}"

    private static let schema = ResourceSchema(
        type, component: "Processor",
        attributes: [
            Property("inserted_at", .time), Property("updated_at", .time),
            Property("processor_type", .choice(["mutelist"])),
            Property("configuration", .map(.any), "The mutelist as Martlet reads it: patterns are anchored globs."),
            Property("rules", .integer(), "Rules that the mutelist makes."),
        ])
    private static let create = ResourceSchema(
        type, component: "ProcessorCreate", id: nil,
        attributes: [
            Property("processor_type", .choice(["mutelist"]), required: true),
            Property("configuration", .map(.any), required: true),
        ])
    private static let update = ResourceSchema(
        type, component: "ProcessorUpdate", attributes: [Property("configuration", .map(.any), required: true)])

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/processors", operation: "processors_list", tag: "Mutes",
            summary: "The mutelist, if there is one.",
            access: .permission(.manageAccount),
            query: QuerySpec(
                filters: [FilterSpec("processor_type", .choice(["mutelist"]), [.equal, .within])],
                // There is one at most, which is in every order.
                sorts: ["id", "inserted_at", "updated_at", "processor_type"], fields: [schema], paging: PagingSpec()),
            responses: [ResponseSpec(200, .list(schema))]
        ) { context in
            let rules = try await rules(context)
            let found = rules.isEmpty ? [] : [rules]
            return context.answer(list: found, count: .exact(found.count)) { rules, writer in
                writer.resource(ResourceIdentifier(type, identifier(context))) { fill(rules, &$0) }
            }
        },
        Endpoint(
            .post, "/api/v1/processors", operation: "processors_create", tag: "Mutes", summary: "Sets the mutelist.",
            access: .permission(.manageAccount), request: .resource(create),
            responses: [ResponseSpec(201, .resource(schema)), changing], startsWork: true
        ) { context in
            try await set(try await context.input(), isNew: true, context)
        },
        Endpoint(
            .get, path, operation: "processors_retrieve", tag: "Mutes", summary: "The mutelist.",
            access: .permission(.manageAccount), query: QuerySpec(fields: [schema]),
            responses: [ResponseSpec(200, .resource(schema))], state: state
        ) { context in answer(try await existing(context), context) },
        Endpoint(
            .patch, path, operation: "processors_partial_update", tag: "Mutes", summary: "Replaces the mutelist.",
            access: .permission(.manageAccount), request: .resource(update),
            responses: [ResponseSpec(200, .resource(schema)), changing], state: state
        ) { context in
            _ = try await existing(context)
            return try await set(try await context.input(id: identifier(context)), isNew: false, context)
        },
        Endpoint(
            .delete, path, operation: "processors_destroy", tag: "Mutes", summary: "Removes the mutelist.",
            access: .permission(.manageAccount), responses: [ResponseSpec(204, .none), TaskEndpoints.acceptance],
            state: state
        ) { context in
            _ = try await existing(context)
            let hooks = context.hooks(AuditNote("delete", type, identifier(context)))
            let reevaluation = try await Administration(store: try context.store).setMutelist(
                [], mode: .byWorker, hooks: hooks)
            guard case .queued(let job) = reevaluation else { return context.nothing }
            return try await TaskEndpoints.accepted(task: job, context)
        },
    ]

    private static let changing = ResponseSpec(
        202, .resource(schema), "The mutelist; a task brings it to the postures.",
        headers: ["Content-Location", "Retry-After"])

    private static func rules(_ context: RequestContext) async throws -> [MuteRuleRow] {
        try await context.store.readRetrying { try $0.muteRules(.mutelist) }
    }

    private static let state: Endpoint.State = { context, connection in
        let reader = StoreReader(connection: connection, tenant: try context.principal.tenant)
        let rules = try reader.muteRules(.mutelist, isCounted: false)
        guard try context.uuid() == identifier(context), !rules.isEmpty else { return nil }
        // How many findings a rule covers is no part of it.
        return ContentHash(of: rules.map { "\($0.rule) \($0.isEnabled) \($0.createdAt) \($0.updatedAt)" })
    }

    private static func existing(_ context: RequestContext) async throws -> [MuteRuleRow] {
        let id = try context.uuid()
        let rules = try await rules(context)
        guard id == identifier(context), !rules.isEmpty else { throw APIError.notFound("There is no processor \(id).") }
        return rules
    }

    /// One mutelist a tenant has one id.
    private static func identifier(_ context: RequestContext) -> String {
        Administration.mutelistIdentifier(tenant: context.caller?.tenantID ?? "")
    }

    private static func answer(_ rules: [MuteRuleRow], status: Int = 200, _ context: RequestContext) -> HTTPResponse {
        context.answer(ResourceIdentifier(type, identifier(context)), status: status) { fill(rules, &$0) }
    }

    private static func set(
        _ input: ResourceInput, isNew: Bool, _ context: RequestContext
    ) async throws -> HTTPResponse {
        let configuration = input.attributes["configuration"] ?? .object([])
        let mutelist: Mutelist
        do {
            // Every JSON document is one of YAML.
            mutelist = try Mutelist(
                document: try YAMLReader.read(text: configuration.text, file: "configuration"), file: "configuration",
                owner: "processor")
        } catch let error as MartletError {
            throw APIError.field("/data/attributes/configuration", error.description)
        }
        let tenant = try context.principal.tenant
        var hooks = context.hooks(
            AuditNote(
                isNew ? "create" : "update", type, identifier(context),
                [.init("rules", .int(Int64(mutelist.rules.count)))]))
        if isNew {
            hooks.before = { connection in
                guard
                    try StoreReader(connection: connection, tenant: tenant).muteRules(.mutelist, isCounted: false)
                        .isEmpty
                else {
                    throw APIError.conflict(
                        "There is a mutelist already; change it.", pointer: "/data/attributes/processor_type")
                }
            }
        }
        let reevaluation = try await Administration(store: try context.store).setMutelist(
            mutelist.rules, mode: .byWorker, hooks: hooks)
        let response = answer(try await rules(context), status: isNew ? 201 : 200, context)
        guard case .queued(let job) = reevaluation else { return response }
        return TaskEndpoints.mark(response, task: job)
    }

    private static func fill(_ rows: [MuteRuleRow], _ resource: inout ResourceWriter) {
        resource.attribute("inserted_at", rows.map(\.createdAt).min())
        resource.attribute("updated_at", rows.map(\.updatedAt).max())
        resource.attribute("processor_type", "mutelist")
        resource.attribute("configuration", MutelistDocument(rows.map(\.rule)).json)
        resource.attribute("rules", rows.count)
    }
}
