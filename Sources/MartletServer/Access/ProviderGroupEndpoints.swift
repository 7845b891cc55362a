import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// Groups of accounts, by which roles show them.
enum ProviderGroupEndpoints {
    static let all: [Endpoint] = [list, create, get, update, remove] + providerLinks

    private static let times: [FilterSpec.Comparison] = [.equal, .atLeast, .atMost]
    private static let fields: [String: @Sendable (ProviderGroupRow) -> ListValue] = [
        "id": { .text($0.id) }, "name": { .text($0.name) }, "inserted_at": { .time($0.createdAt) },
        "updated_at": { .time($0.updatedAt) }, "providers": { .anyOf($0.accounts.map(String.init)) },
        "roles": { .anyOf($0.roles) },
    ]

    private static let list = Endpoint(
        .get, "/api/v1/provider-groups", operation: "provider_groups_list", tag: "Provider groups",
        summary: "The provider groups of the tenant, by name.", access: .authenticated,
        query: QuerySpec(
            filters: [
                FilterSpec("id", .uuid, [.equal, .within]), FilterSpec("name", .text, [.equal, .within]),
                FilterSpec("inserted_at", .time, times), FilterSpec("updated_at", .time, times),
            ], search: true, sorts: fields.keys.sorted(), fields: [AccessSchemas.group], paging: PagingSpec()),
        responses: [ResponseSpec(200, .list(AccessSchemas.group))]
    ) { context in
        let (rows, ids) = try await context.read { tenant, connection in
            (
                try ProviderGroupRecords.all(tenant: tenant, connection),
                try AccountIdentifiers.load(tenant: tenant, connection)
            )
        }
        let visibility = try context.principal.visibility
        let (page, count) = WholeList(rows: rows, fields: fields, searched: ["name"]).page(context.query)
        return context.answer(list: Array(page), count: .exact(count)) { row, writer in
            writer.resource(ResourceIdentifier("provider-groups", row.id)) {
                $0.write(
                    row, providers: providers(of: row, ids, visibility), link: context.url("provider-groups", row.id))
            }
        }
    }

    private static let create = Endpoint(
        .post, "/api/v1/provider-groups", operation: "provider_groups_create", tag: "Provider groups",
        summary: "Makes a provider group.", access: .permission(.manageProviders),
        request: .resource(AccessSchemas.groupCreate), responses: [ResponseSpec(201, .resource(AccessSchemas.group))]
    ) { context in
        let draft = try await draft(context.input(), context)
        let row = try await context.change { try ProviderGroupChanges.create(draft, by: $0, $1) }
        return try await answer(context, row.id, status: 201)
    }

    private static let get = Endpoint(
        .get, "/api/v1/provider-groups/{id}", operation: "provider_groups_retrieve", tag: "Provider groups",
        summary: "A provider group.", access: .authenticated, query: QuerySpec(fields: [AccessSchemas.group]),
        responses: [ResponseSpec(200, .resource(AccessSchemas.group))],
        state: state
    ) { context in
        try await answer(context, context.uuid())
    }

    private static let update = Endpoint(
        .patch, "/api/v1/provider-groups/{id}", operation: "provider_groups_partial_update", tag: "Provider groups",
        summary: "Changes a provider group.", access: .permission(.manageProviders),
        request: .resource(AccessSchemas.groupUpdate), responses: [ResponseSpec(200, .resource(AccessSchemas.group))],
        state: state
    ) { context in
        let id = try context.uuid()
        let draft = try await draft(context.input(id: id), context)
        try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            try ProviderGroupChanges.change(id, to: draft, by: caller, connection)
        }
        return try await answer(context, id)
    }

    private static let remove = Endpoint(
        .delete, "/api/v1/provider-groups/{id}", operation: "provider_groups_destroy", tag: "Provider groups",
        summary: "Removes a provider group; its accounts stay.", access: .permission(.manageProviders),
        responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        let id = try context.uuid()
        try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            try ProviderGroupChanges.remove(id, by: caller, connection)
        }
        return context.nothing
    }

    /// The group as the caller sees it.
    static let state: Endpoint.State = { context, connection in
        let who = try context.principal
        guard var group = try ProviderGroupRecords.group(context.uuid(), tenant: who.tenant, connection) else {
            return nil
        }
        group.accounts = group.accounts.filter(who.visibility.includes)
        return ContentHash(of: group)
    }

    private static func draft(_ input: ResourceInput, _ context: RequestContext) async throws -> ProviderGroupDraft {
        var draft = ProviderGroupDraft()
        draft.name = try context.name(input, to: 255)
        draft.roles = try context.ids(input, "roles")
        if let ids = try context.ids(input, "providers") {
            draft.accounts = try await context.accounts(
                ids, place: ResourceInput.relationshipPointer("providers"))
        }
        return draft
    }

    /// The ids of the group's accounts, as far as the caller sees them.
    private static func providers(
        of group: ProviderGroupRow, _ ids: AccountIdentifiers, _ visibility: Visibility
    ) -> [String] {
        group.accounts.filter(visibility.includes).compactMap { ids.identifier(of: $0) }
    }

    private static func answer(
        _ context: RequestContext, _ id: String, status: Int = 200
    ) async throws -> HTTPResponse {
        let (group, ids) = try await context.read { tenant, connection in
            (
                try ProviderGroupRecords.group(id, tenant: tenant, connection),
                try AccountIdentifiers.load(tenant: tenant, connection)
            )
        }
        guard let group else { throw APIError.notFound() }
        let visibility = try context.principal.visibility
        let link = context.url("provider-groups", id)
        return context.answer(
            ResourceIdentifier("provider-groups", id), status: status, headers: status == 201 ? ["Location": link] : [:]
        ) { $0.write(group, providers: providers(of: group, ids, visibility), link: link) }
    }
}
