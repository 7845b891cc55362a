import MartletEngine
import MartletHTTPServer
import MartletStore

extension UserEndpoints {
    /// Which roles a user has.
    static let roleLinks: [Endpoint] = [addRoles, replaceRoles, clearRoles]

    private static let addRoles = Endpoint(
        .post, "/api/v1/users/{id}/relationships/roles", operation: "users_relationships_roles_create", tag: "Users",
        summary: "Gives a member more roles.", access: .permission(.manageAccount), request: .identifiers("roles"),
        responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try await assign(context) { held, given in held + given.filter { !held.contains($0) } }
    }

    private static let replaceRoles = Endpoint(
        .patch, "/api/v1/users/{id}/relationships/roles", operation: "users_relationships_roles_partial_update",
        tag: "Users", summary: "Gives a member exactly these roles.", access: .permission(.manageAccount),
        request: .identifiers("roles"), responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try await assign(context) { _, given in given }
    }

    private static let clearRoles = Endpoint(
        .delete, "/api/v1/users/{id}/relationships/roles", operation: "users_relationships_roles_destroy",
        tag: "Users", summary: "Takes all roles from a member.", access: .permission(.manageAccount),
        responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try await assign(context, given: []) { _, _ in [] }
    }

    private static func assign(
        _ context: RequestContext, given: [String]? = nil,
        _ choose: @escaping @Sendable (_ held: [String], _ given: [String]) -> [String]
    ) async throws -> HTTPResponse {
        let id = try context.uuid()
        let given = if let given { given } else { try await context.identifiers().map { $0.id.lowercased() } }
        try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            let held = try RoleRecords.roles(of: id, tenant: caller.tenant, connection).map(\.id)
            try RoleChanges.assign(choose(held, given), to: id, by: caller, connection)
        }
        return context.nothing
    }
}
