import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/mute-rules`: standing decisions not to count findings. What concerns one account reaches its posture before the
/// answer comes; what concerns several is done by a task, which the answer, 202 then, names.
enum MuteEndpoints {
    private static let path: PathPattern = "/api/v1/mute-rules/{id}"

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/mute-rules", operation: "mute_rules_list", tag: "Mutes",
            summary: "The mutes of the tenant; those of a mutelist are its processor's.", access: .authenticated,
            query: QuerySpec(
                filters: [
                    FilterSpec("id", .uuid, [.equal, .within]), FilterSpec("name", .text, [.equal, .contains]),
                    FilterSpec("reason", .text, [.contains]), FilterSpec("enabled", .boolean),
                    FilterSpec("created_by", .uuid), FilterSpec("inserted_at", .time, [.equal, .atLeast, .atMost]),
                    FilterSpec("updated_at", .time, [.equal, .atLeast, .atMost]),
                ], search: true, sorts: ["name", "enabled", "inserted_at", "updated_at"],
                includes: ["created_by"], fields: [MuteShape.schema, AccessSchemas.user], paging: PagingSpec()),
            responses: [ResponseSpec(200, .list(MuteShape.schema))], handler: list),
        Endpoint(
            .post, "/api/v1/mute-rules", operation: "mute_rules_create", tag: "Mutes",
            summary: "Mutes findings, one by one or by conditions.", access: .permission(.manageScans),
            request: .resource(MuteShape.create),
            responses: [ResponseSpec(201, .resource(MuteShape.schema)), changing], startsWork: true,
            handler: create),
        Endpoint(
            .get, path, operation: "mute_rules_retrieve", tag: "Mutes", summary: "One mute.", access: .authenticated,
            query: QuerySpec(includes: ["created_by"], fields: [MuteShape.schema, AccessSchemas.user]),
            responses: [ResponseSpec(200, .resource(MuteShape.schema))], state: state
        ) { try await answer(try $0.uuid(), $0) },
        Endpoint(
            .patch, path, operation: "mute_rules_partial_update", tag: "Mutes", summary: "Changes or disables a mute.",
            access: .permission(.manageScans), request: .resource(MuteShape.update),
            responses: [ResponseSpec(200, .resource(MuteShape.schema)), changing], state: state, handler: update),
        Endpoint(
            .delete, path, operation: "mute_rules_destroy", tag: "Mutes", summary: "Removes a mute.",
            access: .permission(.manageScans), responses: [ResponseSpec(204, .none), TaskEndpoints.acceptance],
            state: state, handler: remove),
    ]

    private static let changing = ResponseSpec(
        202, .resource(MuteShape.schema), "The mute; a task brings it to the postures.",
        headers: ["Content-Location", "Retry-After"])

    /// The mute as it is now, and the task that brings it to the postures where there is one.
    private static func answer(
        _ id: String, status: Int = 200, _ reevaluation: Reevaluation, _ context: RequestContext
    ) async throws -> HTTPResponse {
        let response = try await answer(id, status: status, context)
        guard case .queued(let job) = reevaluation else { return response }
        return TaskEndpoints.mark(response, task: job)
    }

    private static func rows(_ context: RequestContext) async throws -> (rows: [MuteRuleRow], uids: [String: String]) {
        let visible = try context.visible
        return try await context.store.readRetrying { reader in
            let rows = try reader.muteRules(.cli)
            let named = Set(rows.flatMap(\.rule.findings).prefix(1_000).compactMap { ContentHash(hex: $0) })
            let found = named.isEmpty ? [] : try reader.findings(identified: named, of: visible)
            return (rows, Dictionary(found.map { ($0.fingerprint, $0.sourceUID) }) { first, _ in first })
        }
    }

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let (all, uids) = try await rows(context)
        let inserted = try query.range("inserted_at")
        let updated = try query.range("updated_at")
        func has(_ part: String?, _ text: String) -> Bool {
            part.map { text.lowercased().contains($0.lowercased()) } ?? true
        }
        var found = all.filter { row in
            query.texts("id")?.contains(row.identifier) ?? true && query.text("name").map { $0 == row.name } ?? true
                && has(query.text("name", .contains), row.name) && has(query.text("reason", .contains), row.rule.reason)
                && query.flag("enabled").map { $0 == row.isEnabled } ?? true
                && query.text("created_by").map { $0 == row.createdBy } ?? true
                && inserted?.contains(row.createdAt) ?? true && updated?.contains(row.updatedAt) ?? true
                && has(query.search, row.name + " " + row.rule.reason)
        }
        for key in query.sort.reversed() {
            func value(_ row: MuteRuleRow) -> String {
                switch key.field {
                case "name": row.name
                case "enabled": row.isEnabled ? "1" : "0"
                case "inserted_at": row.createdAt.rfc3339
                default: row.updatedAt.rfc3339
                }
            }
            found.sort { key.isDescending ? value($0) > value($1) : value($0) < value($1) }
        }
        let page = Array(found.dropFirst(query.page.offset).prefix(query.page.size))
        let makers = try await makers(context)
        return context.answer(list: page, count: .exact(found.count)) { row, writer in
            writer.resource(ResourceIdentifier(MuteShape.type, row.identifier)) { MuteShape.fill(row, uids: uids, &$0) }
            include(row, makers, &writer)
        }
    }

    /// The users that `include=created_by` may show: those whom the caller may see.
    private static func makers(_ context: RequestContext) async throws -> [String: (UserRow, UserLinks)] {
        guard context.query.include.contains("created_by") else { return [:] }
        let own = try context.principal.user
        let seesAll = try context.may(.manageUsers)
        let (users, links) = try await context.read { tenant, connection in
            (try UserRecords.members(tenant: tenant, connection), try UserLinks.load(tenant, connection))
        }
        let seen = users.filter { seesAll || $0.id == own }
        return Dictionary(seen.map { ($0.id, ($0, links)) }) { first, _ in first }
    }

    private static func include(
        _ row: MuteRuleRow, _ makers: [String: (UserRow, UserLinks)], _ writer: inout JSONAPIWriter
    ) {
        guard let (user, links) = row.createdBy.flatMap({ makers[$0] }) else { return }
        writer.include(ResourceIdentifier("users", user.id)) { links.write(user, &$0) }
    }

    /// How many findings a mute covers is no part of it.
    private static let state: Endpoint.State = { context, connection in
        let id = try context.uuid()
        let reader = StoreReader(connection: connection, tenant: try context.principal.tenant)
        let rows = try reader.muteRules(.cli, isCounted: false)
        return rows.first { $0.identifier == id }.map { ContentHash(of: $0) }
    }

    private static func answer(_ id: String, status: Int = 200, _ context: RequestContext) async throws -> HTTPResponse
    {
        let (rows, uids) = try await rows(context)
        guard let row = rows.first(where: { $0.identifier == id }) else {
            throw APIError.notFound("There is no mute \(id).")
        }
        let makers = try await makers(context)
        var writer = context.writer()
        writer.single(ResourceIdentifier(MuteShape.type, id)) { MuteShape.fill(row, uids: uids, &$0) }
        include(row, makers, &writer)
        writer.finish()
        return writer.response(status: status)
    }

    private static func create(_ context: RequestContext) async throws -> HTTPResponse {
        let input = try await context.input()
        let name = try text(input, "name", 3...100)
        var rule = MuteRule(id: UUIDText.random(), reason: try text(input, "reason", 3...500))
        rule.expiresAt = input.time("expires_at")
        switch (input.strings("finding_ids"), input.attributes["conditions"]) {
        case (let ids?, nil): try await limit(&rule, to: ids, context)
        case (nil, let conditions?): try limit(&rule, by: conditions, context)
        default:
            throw APIError.field(
                "/data/attributes/finding_ids", "Either finding_ids or conditions are needed.", code: "required")
        }
        let user = try context.principal.user
        let id = rule.id
        let tenant = try context.principal.tenant
        var hooks = context.hooks(AuditNote("create", MuteShape.type, id, [.init("name", .string(name))]))
        hooks.before = { connection in
            let rows = try StoreReader(connection: connection, tenant: tenant).muteRules(.cli, isCounted: false)
            guard !rows.contains(where: { $0.name == name }) else {
                throw APIError.conflict("There is a mute of this name already.", pointer: "/data/attributes/name")
            }
        }
        let reevaluation = try await Administration(store: try context.store).addMute(
            rule, name: name, createdBy: user, mode: .byWorker, hooks: hooks)
        return try await answer(id, status: 201, reevaluation, context)
    }

    /// Limits the rule to findings that there are, by what they are and not by what their sources call them.
    private static func limit(_ rule: inout MuteRule, to ids: [String], _ context: RequestContext) async throws {
        let wanted = Set(ids.compactMap { ContentHash(uuid: $0) })
        guard !wanted.isEmpty else {
            throw APIError.field("/data/attributes/finding_ids", "At least one finding is needed.", code: "required")
        }
        let visible = try context.visible
        let found = try await context.store.readRetrying { try $0.findings(identified: wanted, of: visible) }
        guard found.count == wanted.count else {
            throw APIError.field("/data/attributes/finding_ids", "Not all of these findings exist.")
        }
        rule.findings = found.map(\.fingerprint).sorted()
        rule.accounts = Array(Set(found.map(\.account.uid))).sorted()
        rule.checks = Array(Set(found.map { GlobPattern.escape($0.check.check) })).sorted()
    }

    private static func limit(_ rule: inout MuteRule, by conditions: JSONValue, _ context: RequestContext) throws {
        func list(_ key: String) -> [String] { conditions[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        rule.accounts = list("accounts")
        rule.checks = list("checks")
        rule.regions = list("regions")
        rule.resources = list("resources")
        rule.tags = list("tags")
        guard try context.visible == nil else {
            // Conditions reach every account, also those that this caller does not see.
            throw APIError.forbidden("Mutes by conditions are made by callers who see all accounts; name finding_ids.")
        }
        do { try rule.validate() } catch let error as MartletError {
            throw APIError.field("/data/attributes/conditions", error.message)
        }
    }

    private static func text(_ input: ResourceInput, _ name: String, _ lengths: ClosedRange<Int>) throws -> String {
        guard let text = input.string(name), lengths.contains(text.count), !text.allSatisfy(\.isWhitespace) else {
            throw APIError.field(
                ResourceInput.pointer(name), "\(name) has \(lengths.lowerBound) to \(lengths.upperBound) characters.")
        }
        return text
    }

    private static func row(_ id: String, _ context: RequestContext) async throws -> MuteRuleRow {
        guard let row = try await rows(context).rows.first(where: { $0.identifier == id }) else {
            throw APIError.notFound("There is no mute \(id).")
        }
        return row
    }

    private static func update(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let input = try await context.input(id: id)
        let old = try await row(id, context)
        let reason = input.has("reason") ? try text(input, "reason", 3...500) : nil
        let name = input.has("name") ? try text(input, "name", 3...100) : nil
        let isEnabled = input.boolean("enabled")
        let hooks = context.hooks(
            AuditNote("update", MuteShape.type, id, isEnabled.map { [.init("enabled", .bool($0))] } ?? []))
        let reevaluation = try await Administration(store: try context.store).changeMute(
            old.rule.id, mode: .byWorker, hooks: hooks
        ) { row in
            if let reason { row.rule.reason = reason }
            if input.has("expires_at") { row.rule.expiresAt = input.time("expires_at") }
            if let name { row.name = name }
            if let isEnabled { row.isEnabled = isEnabled }
        }
        return try await answer(id, reevaluation, context)
    }

    private static func remove(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let row = try await row(id, context)
        let hooks = context.hooks(AuditNote("delete", MuteShape.type, id))
        let reevaluation = try await Administration(store: try context.store).removeMute(
            row.rule.id, mode: .byWorker, hooks: hooks)
        guard case .queued(let job) = reevaluation else { return context.nothing }
        return try await TaskEndpoints.accepted(task: job, context)
    }
}
