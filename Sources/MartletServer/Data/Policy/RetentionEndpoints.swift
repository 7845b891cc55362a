import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// `/api/v1/retention`: how much of the past the tenant keeps.
enum RetentionEndpoints {
    private static let schema = ResourceSchema(
        "retention", component: "Retention", id: .string(),
        attributes: [
            Property("keep_scans", .nullable(.integer(1...1_000_000)), "Published scans of each account."),
            Property("keep_days", .nullable(.integer(1...100_000)), "Days; a scan that either keeps is kept."),
            Property("accounts", .array(.map(.any)), "What can be read of each account."),
        ])
    private static let update = ResourceSchema(
        "retention", component: "RetentionUpdate", id: .string(),
        attributes: [
            Property("keep_scans", .nullable(.integer(1...1_000_000))),
            Property("keep_days", .nullable(.integer(1...100_000))),
        ])

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/retention", operation: "retention_retrieve", tag: "Retention",
            summary: "The rule, and what can be read of each account.", access: .authenticated,
            query: QuerySpec(fields: [schema]), responses: [ResponseSpec(200, .resource(schema))], state: state,
            handler: get),
        Endpoint(
            .patch, "/api/v1/retention", operation: "retention_partial_update", tag: "Retention",
            summary: "Sets the rule; null for both keeps everything. What it no longer keeps cannot be read at once.",
            access: .permission(.manageAccount), request: .resource(update),
            responses: [ResponseSpec(200, .resource(schema))], state: state, handler: set),
    ]

    /// The rule; what can be read of accounts changes with every scan.
    private static let state: Endpoint.State = { context, connection in
        ContentHash(of: try RetentionRecords.rule(tenant: context.principal.tenant, connection))
    }

    private static func get(_ context: RequestContext) async throws -> HTTPResponse {
        let visible = try context.visible
        let (row, keys) = try await context.store.readRetrying { reader in
            (try reader.retention(), Set(try reader.accountDetails(visible).map(\.key)))
        }
        return context.answer(ResourceIdentifier("retention", "retention")) { resource in
            resource.attribute("keep_scans", row.rule.keepScans)
            resource.attribute("keep_days", row.rule.keepDays)
            resource.attribute("accounts") { json in
                json.beginArray()
                for account in row.accounts where keys.contains(account.account) {
                    json.beginObject()
                    json.field("provider_id", account.account.identifier)
                    json.field("oldest_scan", account.oldest?.id)
                    json.field("scans", account.scans)
                    json.field("readable", account.readable)
                    json.endObject()
                }
                json.endArray()
            }
        }
    }

    private static func set(_ context: RequestContext) async throws -> HTTPResponse {
        let input = try await context.input(id: "retention")
        let detail = ["keep_scans", "keep_days"].filter { input.has($0) }.map { name in
            JSONValue.Member(name, input.integer(name).map { .int($0) } ?? .null)
        }
        let hooks = context.hooks(AuditNote("update", "retention", "retention", detail))
        try await Retention(store: try context.store).changeRule(hooks: hooks) { rule in
            if input.has("keep_scans") { rule.keepScans = input.integer("keep_scans") }
            if input.has("keep_days") { rule.keepDays = input.integer("keep_days") }
        }
        return try await get(context)
    }
}
