import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// API keys of the tenant.
enum APIKeyEndpoints {
    static let all: [Endpoint] = [list, create, get, rename, revoke]

    private static let days: [FilterSpec.Comparison] = [.equal, .atLeast, .atMost]

    private static let list = Endpoint(
        .get, "/api/v1/api-keys", operation: "api_keys_list", tag: "API keys",
        summary: "The API keys of the tenant, the newest first.", access: .permission(.manageAccount),
        query: QuerySpec(
            filters: [
                FilterSpec("expires_at", .time, days), FilterSpec("inserted_at", .time, days),
                FilterSpec("name", .text, [.equal, .contains]), FilterSpec("prefix", .text, [.equal, .contains]),
                FilterSpec("revoked", .boolean),
            ], search: true, sorts: ["name", "prefix", "revoked", "inserted_at", "expires_at"], includes: ["entity"],
            fields: [AccessSchemas.apiKey, AccessSchemas.user], paging: PagingSpec()),
        responses: [ResponseSpec(200, .list(AccessSchemas.apiKey))]
    ) { context in
        let (rows, users, links) = try await context.read { tenant, connection in
            (
                try APIKeyRecords.all(tenant: tenant, connection),
                try UserRecords.members(tenant: tenant, connection), try UserLinks.load(tenant, connection)
            )
        }
        let list = WholeList(
            rows: rows,
            fields: [
                "expires_at": { .time($0.expiresAt) }, "inserted_at": { .time($0.createdAt) },
                "name": { .text($0.name) }, "prefix": { .text($0.prefix) },
                "revoked": { .boolean($0.revokedAt != nil) },
            ], searched: ["name", "prefix"])
        let (page, count) = list.page(context.query)
        let wanted = context.query.include.contains("entity")
        return context.answer(list: Array(page), count: .exact(count)) { row, writer in
            writer.resource(ResourceIdentifier("api-keys", row.id)) { $0.write(row) }
            guard wanted, let user = users.first(where: { $0.id == row.user }) else { return }
            writer.include(ResourceIdentifier("users", user.id)) { links.write(user, &$0) }
        }
    }

    private static let create = Endpoint(
        .post, "/api/v1/api-keys", operation: "api_keys_create", tag: "API keys",
        summary: "Makes an API key that speaks for the user; the whole key is given this once.",
        access: .permission(.manageAccount), request: .resource(AccessSchemas.apiKeyCreate),
        responses: [ResponseSpec(201, .resource(AccessSchemas.apiKeyCreated))]
    ) { context in
        let input = try await context.input()
        let name = try context.name(input, from: 3, to: 100) ?? ""
        let scopes = input.strings("scopes").map { names in
            names.compactMap { Permissions(name: $0) }.reduce(into: Permissions()) { $0.formUnion($1) }
        }
        let (key, text) = try await context.change {
            try APIKeyChanges.create(
                name: name, scopes: scopes, expiresAt: input.time("expires_at"), by: $0, $1)
        }
        return context.answer(
            ResourceIdentifier("api-keys", key.id), status: 201,
            headers: ["Location": context.url("api-keys", key.id), "Cache-Control": "no-store"]
        ) { $0.write(key, text: text) }
    }

    private static let get = Endpoint(
        .get, "/api/v1/api-keys/{id}", operation: "api_keys_retrieve", tag: "API keys",
        summary: "An API key, without its secret half.", access: .permission(.manageAccount),
        query: QuerySpec(includes: ["entity"], fields: [AccessSchemas.apiKey, AccessSchemas.user]),
        responses: [ResponseSpec(200, .resource(AccessSchemas.apiKey))], state: state
    ) { context in
        let id = try context.uuid()
        let (row, user, links) = try await context.read { tenant, connection in
            let key = try APIKeyRecords.key(id, tenant: tenant, connection)
            return (
                key, try key.flatMap { try UserRecords.user($0.user, tenant: tenant, connection) },
                try UserLinks.load(tenant, connection)
            )
        }
        guard let row else { throw APIError.notFound() }
        var writer = context.writer()
        writer.single(ResourceIdentifier("api-keys", id)) { $0.write(row) }
        if let user, context.query.include.contains("entity") {
            writer.include(ResourceIdentifier("users", user.id)) { links.write(user, &$0) }
        }
        writer.finish()
        return writer.response()
    }

    private static let rename = Endpoint(
        .patch, "/api/v1/api-keys/{id}", operation: "api_keys_partial_update", tag: "API keys",
        summary: "Gives an API key another name.", access: .permission(.manageAccount),
        request: .resource(AccessSchemas.apiKeyUpdate),
        responses: [ResponseSpec(200, .resource(AccessSchemas.apiKey))], state: state
    ) { context in
        let id = try context.uuid()
        let name = try context.name(try await context.input(id: id), from: 3, to: 100) ?? ""
        let row = try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            return try APIKeyChanges.rename(id, to: name, by: caller, connection)
        }
        return context.answer(ResourceIdentifier("api-keys", id)) { $0.write(row) }
    }

    private static let revoke = Endpoint(
        .delete, "/api/v1/api-keys/{id}/revoke", operation: "api_keys_revoke_destroy", tag: "API keys",
        summary: "Revokes an API key, for good; it stays in the list.", access: .permission(.manageAccount),
        responses: [ResponseSpec(200, .resource(AccessSchemas.apiKey))], state: state
    ) { context in
        let id = try context.uuid()
        let row = try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            return try APIKeyChanges.revoke(id, by: caller, connection)
        }
        return context.answer(ResourceIdentifier("api-keys", id)) { $0.write(row) }
    }

    /// That the key is used changes nothing that a write could lose.
    private static let state: Endpoint.State = { context, connection in
        guard var row = try APIKeyRecords.key(context.uuid(), tenant: context.principal.tenant, connection) else {
            return nil
        }
        row.lastUsedAt = nil
        return ContentHash(of: row)
    }
}
