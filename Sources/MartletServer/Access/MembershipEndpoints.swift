import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// Who belongs to which tenant.
enum MembershipEndpoints {
    static let all: [Endpoint] = [ofUser, oneOfUser, ofTenant, update, remove]

    private static let filters = [
        FilterSpec("date_joined", .time, [.equal, .onDay, .atLeast, .atMost]),
        FilterSpec("role", .choice(AccessSchemas.membershipRoles)), FilterSpec("tenant", .uuid),
        FilterSpec("user", .uuid),
    ]
    private static let query = QuerySpec(
        filters: filters, search: true, sorts: ["id", "user", "tenant", "role", "date_joined"],
        fields: [AccessSchemas.membership], paging: PagingSpec())

    private static let ofUser = Endpoint(
        .get, "/api/v1/users/{user_pk}/memberships", operation: "users_memberships_list", tag: "Users",
        summary: "The memberships of a user: one's own in all tenants, with manage_users another's in this one.",
        access: .authenticated, query: query, responses: [ResponseSpec(200, .list(AccessSchemas.membership))]
    ) { context in
        let rows = try await memberships(of: context.uuid("user_pk"), context)
        return answer(context, rows)
    }

    private static let oneOfUser = Endpoint(
        .get, "/api/v1/users/{user_pk}/memberships/{id}", operation: "users_memberships_retrieve", tag: "Users",
        summary: "One membership of a user.", access: .authenticated,
        query: QuerySpec(fields: [AccessSchemas.membership]),
        responses: [ResponseSpec(200, .resource(AccessSchemas.membership))], state: state
    ) { context in
        let id = try context.uuid()
        let rows = try await memberships(of: context.uuid("user_pk"), context)
        guard let row = rows.first(where: { $0.membership.id == id }) else { throw APIError.notFound() }
        return context.answer(ResourceIdentifier("memberships", id)) {
            $0.write(row.membership, tenantUID: row.tenantUID)
        }
    }

    private static let ofTenant = Endpoint(
        .get, "/api/v1/tenants/{tenant_pk}/memberships", operation: "tenants_memberships_list", tag: "Tenants",
        summary: "The memberships of the tenant; without manage_users, and to nobody's owner, one's own.",
        access: .authenticated, query: query, responses: [ResponseSpec(200, .list(AccessSchemas.membership))]
    ) { context in
        try requireOwn(context)
        let who = try context.principal
        let seesAll = try context.may(.manageUsers)
        let rows = try await context.read { tenant, connection in
            try MembershipRecords.all(tenant: tenant, connection)
        }
        let isOwner = rows.contains { $0.user == who.user && $0.role == .owner }
        let seen = seesAll || isOwner ? rows : rows.filter { $0.user == who.user }
        return answer(context, seen.map { Row(membership: $0, tenantUID: who.tenantID) })
    }

    private static let update = Endpoint(
        .patch, "/api/v1/tenants/{tenant_pk}/memberships/{id}", operation: "tenants_memberships_partial_update",
        tag: "Tenants", summary: "Makes a member an owner, or the other way round. Only an owner may.",
        access: .authenticated, request: .resource(AccessSchemas.membershipUpdate),
        responses: [ResponseSpec(200, .resource(AccessSchemas.membership))], state: state
    ) { context in
        try requireOwn(context)
        let id = try context.uuid()
        let role = try await context.input(id: id).string("role").flatMap(MembershipRow.Role.init) ?? .member
        let row = try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            return try MemberChanges.change(id, to: role, by: caller, connection)
        }
        let tenantID = try context.principal.tenantID
        return context.answer(ResourceIdentifier("memberships", id)) { $0.write(row, tenantUID: tenantID) }
    }

    private static let remove = Endpoint(
        .delete, "/api/v1/tenants/{tenant_pk}/memberships/{id}", operation: "tenants_memberships_destroy",
        tag: "Tenants", summary: "Ends a membership: an owner anybody's, a member the own one.",
        access: .authenticated, responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        try requireOwn(context)
        let id = try context.uuid()
        try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            try MemberChanges.remove(id, by: caller, connection)
        }
        return context.nothing
    }

    /// Of a membership in the caller's tenant, or of one of the caller's own in another.
    private static let state: Endpoint.State = { context, connection in
        let (id, who) = (try context.uuid(), try context.principal)
        var rows = try MembershipRecords.all(tenant: who.tenant, connection)
        if !rows.contains(where: { $0.id == id }) {
            try connection.enter(.dispatch)
            rows = try MembershipRecords.all(of: who.user, connection)
            try connection.enter(.tenant(who.tenant))
        }
        return rows.first { $0.id == id }.map { ContentHash(of: $0) }
    }

    private struct Row: Sendable {
        var membership: MembershipRow
        var tenantUID: String
    }

    /// A user's memberships, as far as the caller may see them.
    private static func memberships(of user: String, _ context: RequestContext) async throws -> [Row] {
        let who = try context.principal
        if user == who.user, case .session = try context.credential() {
            return try await context.services.store.database.scoped(to: .dispatch).readRetrying { connection in
                let tenants = try TenantRecords.tenants(of: user, connection)
                return try MembershipRecords.all(of: user, connection).compactMap { membership in
                    tenants.first { $0.number == membership.tenant }.map {
                        Row(membership: membership, tenantUID: $0.uid)
                    }
                }
            }
        }
        guard try user == who.user || context.may(.manageUsers) else { throw APIError.forbidden() }
        let row = try await context.read { try MembershipRecords.membership(of: user, tenant: $0, $1) }
        guard let row else { throw APIError.notFound() }
        return [Row(membership: row, tenantUID: who.tenantID)]
    }

    /// The tenant of the path is the one that the caller is in.
    private static func requireOwn(_ context: RequestContext) throws {
        guard try context.uuid("tenant_pk") == context.principal.tenantID else { throw APIError.notFound() }
    }

    private static func answer(_ context: RequestContext, _ rows: [Row]) -> HTTPResponse {
        let list = WholeList(
            rows: rows,
            fields: [
                "id": { .text($0.membership.id) }, "user": { .text($0.membership.user) },
                "tenant": { .text($0.tenantUID) }, "role": { .text($0.membership.role.rawValue) },
                "date_joined": { .time($0.membership.joinedAt) },
            ], searched: ["role"])
        let (page, count) = list.page(context.query)
        return context.answer(list: Array(page), count: .exact(count)) { row, writer in
            writer.resource(ResourceIdentifier("memberships", row.membership.id)) {
                $0.write(row.membership, tenantUID: row.tenantUID)
            }
        }
    }
}
