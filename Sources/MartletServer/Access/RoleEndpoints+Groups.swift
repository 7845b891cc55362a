import MartletEngine
import MartletHTTPServer
import MartletStore

extension RoleEndpoints {
    /// Which provider groups a role shows.
    static let groupLinks: [Endpoint] = [add, replace, clear]

    private static let add = Endpoint(
        .post, "/api/v1/roles/{id}/relationships/provider_groups",
        operation: "roles_relationships_provider_groups_create", tag: "Roles",
        summary: "Lets a role show more provider groups.", access: .permission(.manageAccount),
        request: .identifiers("provider-groups"), responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try await set(context) { held, given in held + given.filter { !held.contains($0) } }
    }

    private static let replace = Endpoint(
        .patch, "/api/v1/roles/{id}/relationships/provider_groups",
        operation: "roles_relationships_provider_groups_partial_update", tag: "Roles",
        summary: "Lets a role show exactly these provider groups.", access: .permission(.manageAccount),
        request: .identifiers("provider-groups"), responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try await set(context) { _, given in given }
    }

    private static let clear = Endpoint(
        .delete, "/api/v1/roles/{id}/relationships/provider_groups",
        operation: "roles_relationships_provider_groups_destroy", tag: "Roles",
        summary: "Lets a role show no provider group.", access: .permission(.manageAccount),
        responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try await set(context, given: []) { _, _ in [] }
    }

    private static func set(
        _ context: RequestContext, given: [String]? = nil,
        _ choose: @escaping @Sendable (_ held: [String], _ given: [String]) -> [String]
    ) async throws -> HTTPResponse {
        let id = try context.uuid()
        let given = if let given { given } else { try await context.identifiers().map { $0.id.lowercased() } }
        try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            guard let role = try RoleRecords.role(id, tenant: caller.tenant, connection) else {
                throw APIError.notFound()
            }
            var draft = RoleDraft()
            draft.groups = choose(role.groups, given)
            _ = try RoleChanges.change(id, to: draft, by: caller, connection)
        }
        return context.nothing
    }
}
