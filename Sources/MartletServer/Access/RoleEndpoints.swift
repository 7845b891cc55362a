import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// Roles: what they allow, what they show, and who has them.
enum RoleEndpoints {
    static let all: [Endpoint] = [list, create, get, update, remove] + groupLinks

    private static let times: [FilterSpec.Comparison] = [.equal, .atLeast, .atMost]
    private static let fields: [String: @Sendable (RoleRow) -> ListValue] = {
        var fields: [String: @Sendable (RoleRow) -> ListValue] = [
            "id": { .text($0.id) }, "name": { .text($0.name) }, "permission_state": { .text($0.permissionState) },
            "unlimited_visibility": { .boolean($0.unlimitedVisibility) }, "inserted_at": { .time($0.createdAt) },
            "updated_at": { .time($0.updatedAt) }, "provider_groups": { .anyOf($0.groups) },
            "users": { .anyOf($0.users) }, "invitations": { .anyOf($0.invitations) },
        ]
        for (name, permission) in Permissions.named {
            fields[name] = { .boolean($0.permissions.contains(permission)) }
        }
        return fields
    }()

    private static let list = Endpoint(
        .get, "/api/v1/roles", operation: "roles_list", tag: "Roles", summary: "The roles of the tenant, by name.",
        access: .permission(.manageAccount),
        query: QuerySpec(
            filters: [
                FilterSpec("id", .uuid, [.equal, .within]), FilterSpec("name", .text, [.equal, .within]),
                FilterSpec("permission_state", .choice(AccessSchemas.permissionStates)),
                FilterSpec("inserted_at", .time, times), FilterSpec("updated_at", .time, times),
            ], search: true, sorts: fields.keys.sorted(), fields: [AccessSchemas.role], paging: PagingSpec()),
        responses: [ResponseSpec(200, .list(AccessSchemas.role))]
    ) { context in
        let rows = try await context.read { try RoleRecords.all(tenant: $0, $1) }
        let (page, count) = WholeList(rows: rows, fields: fields, searched: ["name"]).page(context.query)
        return context.answer(list: Array(page), count: .exact(count)) { row, writer in
            writer.resource(ResourceIdentifier("roles", row.id)) { $0.write(row, link: context.url("roles", row.id)) }
        }
    }

    private static let create = Endpoint(
        .post, "/api/v1/roles", operation: "roles_create", tag: "Roles",
        summary: "Makes a role; nobody gives what they do not have.", access: .permission(.manageAccount),
        request: .resource(AccessSchemas.roleCreate), responses: [ResponseSpec(201, .resource(AccessSchemas.role))]
    ) { context in
        let draft = try draft(try await context.input(), context, over: [])
        let row = try await context.change { try RoleChanges.create(draft, by: $0, $1) }
        return answer(context, row, status: 201, headers: ["Location": context.url("roles", row.id)])
    }

    private static let get = Endpoint(
        .get, "/api/v1/roles/{id}", operation: "roles_retrieve", tag: "Roles", summary: "A role.",
        access: .permission(.manageAccount), query: QuerySpec(fields: [AccessSchemas.role]),
        responses: [ResponseSpec(200, .resource(AccessSchemas.role))],
        state: state
    ) { context in
        let id = try context.uuid()
        guard let row = try await context.read({ try RoleRecords.role(id, tenant: $0, $1) }) else {
            throw APIError.notFound()
        }
        return answer(context, row)
    }

    private static let update = Endpoint(
        .patch, "/api/v1/roles/{id}", operation: "roles_partial_update", tag: "Roles", summary: "Changes a role.",
        access: .permission(.manageAccount), request: .resource(AccessSchemas.roleUpdate),
        responses: [ResponseSpec(200, .resource(AccessSchemas.role))], state: state
    ) { context in
        let id = try context.uuid()
        let input = try await context.input(id: id)
        let row = try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            guard let role = try RoleRecords.role(id, tenant: caller.tenant, connection) else {
                throw APIError.notFound()
            }
            let draft = try draft(input, context, over: role.permissions)
            return try RoleChanges.change(id, to: draft, by: caller, connection)
        }
        return answer(context, row)
    }

    private static let remove = Endpoint(
        .delete, "/api/v1/roles/{id}", operation: "roles_destroy", tag: "Roles",
        summary: "Removes a role; the last one that manages the tenant stays.", access: .permission(.manageAccount),
        responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        let id = try context.uuid()
        try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            try RoleChanges.remove(id, by: caller, connection)
        }
        return context.nothing
    }

    static let state: Endpoint.State = { context, connection in
        let row = try RoleRecords.role(context.uuid(), tenant: context.principal.tenant, connection)
        return row.map { ContentHash(of: $0) }
    }

    /// What a request says of a role whose permissions were `held`.
    private static func draft(
        _ input: ResourceInput, _ context: RequestContext, over held: Permissions
    ) throws(APIError) -> RoleDraft {
        var draft = RoleDraft()
        draft.name = try context.name(input, to: 255)
        var permissions = held
        for (name, permission) in Permissions.named {
            guard let allows = input.boolean(name) else { continue }
            if allows { permissions.insert(permission) } else { permissions.remove(permission) }
            draft.permissions = permissions
        }
        draft.unlimitedVisibility = input.boolean("unlimited_visibility")
        draft.groups = try context.ids(input, "provider_groups")
        draft.users = try context.ids(input, "users")
        return draft
    }

    private static func answer(
        _ context: RequestContext, _ row: RoleRow, status: Int = 200, headers: HTTPHeaders = [:]
    ) -> HTTPResponse {
        context.answer(ResourceIdentifier("roles", row.id), status: status, headers: headers) {
            $0.write(row, link: context.url("roles", row.id))
        }
    }
}
