import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// Users: who they are, and their roles.
enum UserEndpoints {
    static let all: [Endpoint] = [list, me, create, get, update, remove] + roleLinks

    static let query = QuerySpec(
        includes: ["roles", "memberships"],
        fields: [AccessSchemas.user, AccessSchemas.role, AccessSchemas.membership])

    private static let list = Endpoint(
        .get, "/api/v1/users", operation: "users_list", tag: "Users", summary: "The members of the tenant.",
        access: .permission(.manageUsers),
        query: QuerySpec(
            filters: [
                FilterSpec("name", .text, [.equal, .contains]), FilterSpec("email", .text, [.equal, .contains]),
                FilterSpec("company_name", .text, [.equal, .contains]),
                FilterSpec("date_joined", .time, [.equal, .onDay, .atLeast, .atMost]),
                FilterSpec("is_active", .boolean),
            ], search: true, sorts: ["name", "email", "company_name", "date_joined", "is_active"],
            includes: query.includes, fields: query.fields, paging: PagingSpec()),
        responses: [ResponseSpec(200, .list(AccessSchemas.user))]
    ) { context in
        let (users, links) = try await context.read { tenant, connection in
            (try UserRecords.members(tenant: tenant, connection), try UserLinks.load(tenant, connection))
        }
        let all = WholeList(rows: users, fields: fields, searched: ["name", "email", "company_name"])
        let (rows, count) = all.page(context.query)
        let tenantID = try context.principal.tenantID
        return context.answer(list: Array(rows), count: .exact(count)) { user, writer in
            links.write(user, context.query, tenantID, &writer)
        }
    }

    private static let me = Endpoint(
        .get, "/api/v1/users/me", operation: "users_me_retrieve", tag: "Users",
        summary: "The user who asks, or for whom the API key speaks.", access: .authenticated, query: query,
        responses: [ResponseSpec(200, .resource(AccessSchemas.user))]
    ) { context in
        try await answer(context, context.principal.user)
    }

    private static let create = Endpoint(
        .post, "/api/v1/users", operation: "users_create", tag: "Users",
        summary: "Signs up: with an invitation, or by oneself where the server allows it.", access: .open,
        query: QuerySpec(parameters: [
            ParameterSpec("invitation_token", .text, "The token of an invitation, by which the user joins its tenant.")
        ]),
        request: .resource(AccessSchemas.userCreate),
        responses: [ResponseSpec(201, .resource(AccessSchemas.user), "The user, who can log in now.")]
    ) { context in
        let input = try await context.input()
        let email = try context.email(input) ?? ""
        let draft = UserDraft(
            email: email, name: try context.name(input, from: 3, to: 150) ?? "",
            companyName: try context.name(input, "company_name", from: 0, to: 150) ?? "", password: nil)
        let password = try context.password(input, email: email) ?? SecretBytes(text: "")
        let (address, id) = (context.request.remoteAddress, context.requestID)
        let access = try context.access
        let user: UserRow
        if let token = context.query.parameters["invitation_token"]?.text {
            user = try await access.signUp(
                draft, password: password, invitation: token, address: address, requestID: id)
        } else {
            guard context.services.allowsSignUp else {
                throw APIError.forbidden("Users come to this server by invitation.")
            }
            user = try await access.signUp(
                draft, password: password, tenantName: String("\(draft.name)'s tenant".prefix(100)),
                address: address,
                requestID: id)
        }
        return context.answer(ResourceIdentifier("users", user.id), status: 201) {
            $0.write(user, memberships: [], roles: [])
        }
    }

    private static let get = Endpoint(
        .get, "/api/v1/users/{id}", operation: "users_retrieve", tag: "Users",
        summary: "A member of the tenant; others than oneself need manage_users.", access: .authenticated, query: query,
        responses: [ResponseSpec(200, .resource(AccessSchemas.user))], state: state
    ) { context in
        let id = try context.uuid()
        guard try id == context.principal.user || context.may(.manageUsers) else { throw APIError.forbidden() }
        return try await answer(context, id)
    }

    private static let update = Endpoint(
        .patch, "/api/v1/users/{id}", operation: "users_partial_update", tag: "Users",
        summary: "Changes a user: oneself, or with manage_users one who belongs to this tenant alone.",
        access: .authenticated, request: .resource(AccessSchemas.userUpdate),
        responses: [ResponseSpec(200, .resource(AccessSchemas.user))], state: state
    ) { context in
        let id = try context.uuid()
        let input = try await context.input(id: id)
        var change = UserChange()
        change.name = try context.name(input, from: 3, to: 150)
        change.email = try context.email(input)
        change.companyName = try context.name(input, "company_name", from: 0, to: 150)
        if let password = try context.password(input, email: change.email ?? "") {
            // Whoever may not change the user does not make the server compute a hash.
            guard try id == context.principal.user || context.may(.manageUsers) else { throw APIError.forbidden() }
            change.password = try await context.access.hash(password)
        }
        let (user, links) = try await context.change { [change] caller, connection in
            try AccessLock.takeUsers(connection)
            try context.requireMatch(of: caller, connection)
            let user = try UserChanges.change(id, to: change, by: caller, connection)
            return (user, try UserLinks.load(caller.tenant, connection))
        }
        return context.answer(ResourceIdentifier("users", id)) { links.write(user, &$0) }
    }

    private static let remove = Endpoint(
        .delete, "/api/v1/users/{id}", operation: "users_destroy", tag: "Users",
        summary: "Removes oneself from all tenants and from the installation.", access: .authenticated,
        responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        let id = try context.uuid()
        try await context.change { caller, connection in
            try AccessLock.takeUsers(connection)
            guard try MembershipRecords.membership(of: id, tenant: caller.tenant, connection) != nil else {
                throw APIError.notFound()
            }
            try UserChanges.remove(id, by: caller, before: { try context.requireMatch($0) }, connection)
        }
        return context.nothing
    }

    /// That the user logs in changes nothing that a write could lose.
    static let state: Endpoint.State = { context, connection in
        let (id, tenant) = (try context.uuid(), try context.principal.tenant)
        guard var user = try UserRecords.user(id, tenant: tenant, connection) else { return nil }
        user.lastLoginAt = nil
        return ContentHash(
            of: user, try MembershipRecords.membership(of: id, tenant: tenant, connection),
            try RoleRecords.roles(of: id, tenant: tenant, connection).map(\.id).sorted())
    }

    private static let fields: [String: @Sendable (UserRow) -> ListValue] = [
        "name": { .text($0.name) }, "email": { .text($0.email) }, "company_name": { .text($0.companyName) },
        "date_joined": { .time($0.createdAt) }, "is_active": { .boolean($0.isActive) },
    ]

    private static func answer(_ context: RequestContext, _ id: String) async throws -> HTTPResponse {
        let (user, links) = try await context.read { tenant, connection in
            (try UserRecords.user(id, tenant: tenant, connection), try UserLinks.load(tenant, connection))
        }
        guard let user else { throw APIError.notFound() }
        var writer = context.writer()
        writer.single(ResourceIdentifier("users", user.id)) { links.write(user, &$0) }
        links.include(user, context.query, try context.principal.tenantID, &writer)
        writer.finish()
        return writer.response()
    }
}
