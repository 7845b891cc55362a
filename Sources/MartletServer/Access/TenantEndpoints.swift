import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// Tenants that the caller belongs to.
enum TenantEndpoints {
    static let all: [Endpoint] = [list, create, get, update, remove]

    private static let list = Endpoint(
        .get, "/api/v1/tenants", operation: "tenants_list", tag: "Tenants",
        summary: "The tenants of the user; by an API key the one of the key.", access: .authenticated,
        query: QuerySpec(
            filters: [
                FilterSpec("name", .text, [.equal, .contains]),
                FilterSpec("inserted_at", .time, [.equal, .onDay, .atLeast, .atMost]),
                FilterSpec("updated_at", .time, [.equal, .atLeast, .atMost]),
            ], search: true, sorts: ["name", "inserted_at", "updated_at"], fields: [AccessSchemas.tenant],
            paging: PagingSpec()),
        responses: [ResponseSpec(200, .list(AccessSchemas.tenant))]
    ) { context in
        let list = WholeList(
            rows: try await tenants(context),
            fields: [
                "name": { .text($0.tenant.name) }, "inserted_at": { .time($0.tenant.createdAt) },
                "updated_at": { .time($0.tenant.updatedAt) },
            ], searched: ["name"])
        let (rows, count) = list.page(context.query)
        return context.answer(list: Array(rows), count: .exact(count)) { row, writer in
            writer.resource(ResourceIdentifier("tenants", row.tenant.uid)) {
                $0.write(row.tenant, memberships: row.memberships)
            }
        }
    }

    private static let create = Endpoint(
        .post, "/api/v1/tenants", operation: "tenants_create", tag: "Tenants",
        summary: "Makes a tenant, of which the user is the owner.", access: .authenticated,
        request: .resource(AccessSchemas.tenantCreate),
        responses: [ResponseSpec(201, .resource(AccessSchemas.tenant), "The tenant; switch to it to work in it.")]
    ) { context in
        let name = try await context.name(context.input(), to: 100) ?? ""
        try TokenEndpoints.requireSession(context)
        let (tenant, membership) = try await context.change { caller, connection in
            guard let user = caller.user else { throw APIError.forbidden() }
            try connection.enter(.dispatch)
            let tenant = try TenantChanges.create(name: name, owner: user, actor: caller.actor, connection)
            return (
                tenant, try MembershipRecords.membership(of: user.id, tenant: tenant.number, connection)?.id
            )
        }
        // The tenant is there; what cannot be added now is added before its first scan.
        _ = try? await Administration(store: context.services.store.of(tenant: tenant.number)).addDefaultFrameworks()
        return context.answer(
            ResourceIdentifier("tenants", tenant.uid), status: 201,
            headers: ["Location": context.url("tenants", tenant.uid)]
        ) { $0.write(tenant, memberships: membership.map { [$0] } ?? []) }
    }

    private static let get = Endpoint(
        .get, "/api/v1/tenants/{id}", operation: "tenants_retrieve", tag: "Tenants",
        summary: "One of the user's tenants.", access: .authenticated, query: QuerySpec(fields: [AccessSchemas.tenant]),
        responses: [ResponseSpec(200, .resource(AccessSchemas.tenant))], state: state
    ) { context in
        let id = try context.uuid()
        guard let row = try await tenants(context).first(where: { $0.tenant.uid == id }) else {
            throw APIError.notFound()
        }
        return context.answer(ResourceIdentifier("tenants", id)) { $0.write(row.tenant, memberships: row.memberships) }
    }

    private static let update = Endpoint(
        .patch, "/api/v1/tenants/{id}", operation: "tenants_partial_update", tag: "Tenants",
        summary: "Gives the tenant that the user is in another name. Only an owner may.", access: .authenticated,
        request: .resource(AccessSchemas.tenantUpdate),
        responses: [ResponseSpec(200, .resource(AccessSchemas.tenant))], state: state
    ) { context in
        let id = try context.uuid()
        guard try id == context.principal.tenantID else { throw APIError.notFound() }
        let name = try await context.name(context.input(id: id), to: 100) ?? ""
        let tenant = try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            return try TenantChanges.rename(to: name, by: caller, connection)
        }
        let row = try await tenants(context).first { $0.tenant.uid == id }
        return context.answer(ResourceIdentifier("tenants", id)) {
            $0.write(tenant, memberships: row?.memberships ?? [])
        }
    }

    private static let remove = Endpoint(
        .delete, "/api/v1/tenants/{id}", operation: "tenants_destroy", tag: "Tenants",
        summary: """
            Removes the tenant that the user is in, with everything it has. Only its last owner may. From the answer on it \
            takes no log-ins and no changes; a task does the rest, and goes with it.
            """, access: .authenticated, responses: [TaskEndpoints.acceptance], state: state
    ) { context in
        guard try context.uuid() == context.principal.tenantID else { throw APIError.notFound() }
        try TokenEndpoints.requireSession(context)
        let job = try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            return try TenantChanges.remove(by: caller, connection)
        }
        return try await TaskEndpoints.accepted(task: job, context)
    }

    private static let state: Endpoint.State = { context, connection in
        let id = try context.uuid()
        try connection.enter(.dispatch)
        let tenant = try TenantRecords.tenant(uid: id, connection)
        try connection.enter(.tenant(context.principal.tenant))
        return tenant.map { ContentHash(of: $0) }
    }

    private struct Row: Sendable {
        var tenant: TenantRow
        /// The caller's own, by id; with manage_users all of the tenant that the caller is in.
        var memberships: [String]
    }

    private static func tenants(_ context: RequestContext) async throws -> [Row] {
        let who = try context.principal
        let isKey = if case .apiKey = try context.credential() { true } else { false }
        let seesAll = try context.may(.manageUsers)
        return try await context.services.store.database.scoped(to: .dispatch).readRetrying { connection in
            let own = try MembershipRecords.all(of: who.user, connection)
            let rows = try TenantRecords.tenants(of: who.user, connection).map { tenant in
                Row(tenant: tenant, memberships: own.filter { $0.tenant == tenant.number }.map(\.id))
            }
            try connection.enter(.tenant(who.tenant))
            let all = seesAll ? try MembershipRecords.all(tenant: who.tenant, connection).map(\.id) : nil
            return rows.filter { !isKey || $0.tenant.number == who.tenant }.map { row in
                guard let all, row.tenant.number == who.tenant else { return row }
                return Row(tenant: row.tenant, memberships: all)
            }
        }
    }
}
