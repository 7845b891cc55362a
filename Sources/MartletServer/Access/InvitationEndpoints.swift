import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// Invitations to the tenant.
enum InvitationEndpoints {
    static let all: [Endpoint] = [list, create, get, update, revoke, accept]

    private static let times: [FilterSpec.Comparison] = [.equal, .onDay, .atLeast, .atMost]

    private static let list = Endpoint(
        .get, "/api/v1/tenants/invitations", operation: "tenants_invitations_list", tag: "Invitations",
        summary: "The invitations of the tenant, the newest first.", access: .permission(.manageAccount),
        query: QuerySpec(
            filters: [
                FilterSpec("email", .text, [.equal, .contains]), FilterSpec("expires_at", .time, times),
                FilterSpec("inserted_at", .time, times), FilterSpec("updated_at", .time, times),
                FilterSpec("inviter", .uuid),
                FilterSpec("state", .choice(AccessSchemas.invitationStates), [.equal, .within]),
            ], search: true, sorts: ["inserted_at", "updated_at", "expires_at", "state", "inviter"],
            fields: [AccessSchemas.invitation], paging: PagingSpec()),
        responses: [ResponseSpec(200, .list(AccessSchemas.invitation))]
    ) { context in
        let (rows, now) = try await context.read { tenant, connection in
            (try InvitationRecords.all(tenant: tenant, connection), Timestamp(milliseconds: try connection.now()))
        }
        let list = WholeList(
            rows: rows,
            fields: [
                "email": { .text($0.email) }, "expires_at": { .time($0.expiresAt) },
                "inserted_at": { .time($0.createdAt) }, "updated_at": { .time($0.updatedAt) },
                "inviter": { .optionalText($0.inviter) }, "state": { .text($0.state(at: now)) },
            ], searched: ["email"])
        let (page, count) = list.page(context.query)
        return context.answer(list: Array(page), count: .exact(count)) { row, writer in
            writer.resource(ResourceIdentifier("invitations", row.id)) {
                $0.write(row, now: now, link: context.url("tenants/invitations", row.id))
            }
        }
    }

    private static let create = Endpoint(
        .post, "/api/v1/tenants/invitations", operation: "tenants_invitations_create", tag: "Invitations",
        summary: "Invites somebody; the token in the answer is given this once.", access: .permission(.manageAccount),
        request: .resource(AccessSchemas.invitationCreate),
        responses: [ResponseSpec(201, .resource(AccessSchemas.invitation))]
    ) { context in
        let input = try await context.input()
        let email = try context.email(input) ?? ""
        let roles = try context.ids(input, "roles") ?? []
        let (invitation, token, now) = try await context.change { caller, connection in
            let made = try InvitationChanges.create(
                email: email, roles: roles, expiresAt: input.time("expires_at"), by: caller, connection)
            return (made.invitation, made.token, Timestamp(milliseconds: try connection.now()))
        }
        let link = context.url("tenants/invitations", invitation.id)
        return context.answer(
            ResourceIdentifier("invitations", invitation.id), status: 201,
            headers: ["Location": link, "Cache-Control": "no-store"]
        ) { $0.write(invitation, now: now, token: token, link: link) }
    }

    private static let get = Endpoint(
        .get, "/api/v1/tenants/invitations/{id}", operation: "tenants_invitations_retrieve", tag: "Invitations",
        summary: "An invitation.", access: .permission(.manageAccount),
        query: QuerySpec(fields: [AccessSchemas.invitation]),
        responses: [ResponseSpec(200, .resource(AccessSchemas.invitation))], state: state
    ) { context in
        let id = try context.uuid()
        let (row, now) = try await context.read { tenant, connection in
            (
                try InvitationRecords.invitation(id, tenant: tenant, connection),
                Timestamp(milliseconds: try connection.now())
            )
        }
        guard let row else { throw APIError.notFound() }
        return answer(context, row, now)
    }

    private static let update = Endpoint(
        .patch, "/api/v1/tenants/invitations/{id}", operation: "tenants_invitations_partial_update",
        tag: "Invitations", summary: "Changes an invitation that waits to be accepted.",
        access: .permission(.manageAccount), request: .resource(AccessSchemas.invitationUpdate),
        responses: [ResponseSpec(200, .resource(AccessSchemas.invitation))], state: state
    ) { context in
        let id = try context.uuid()
        let input = try await context.input(id: id)
        let (email, roles) = (try context.email(input), try context.ids(input, "roles"))
        let (row, now) = try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            let row = try InvitationChanges.change(
                id, email: email, roles: roles, expiresAt: input.time("expires_at"), by: caller, connection)
            return (row, Timestamp(milliseconds: try connection.now()))
        }
        return answer(context, row, now)
    }

    private static let revoke = Endpoint(
        .delete, "/api/v1/tenants/invitations/{id}", operation: "tenants_invitations_destroy", tag: "Invitations",
        summary: "Takes an invitation back; it stays in the list.", access: .permission(.manageAccount),
        responses: [ResponseSpec(204, .none)], state: state
    ) { context in
        let id = try context.uuid()
        try await context.change { caller, connection in
            try context.requireMatch(of: caller, connection)
            try InvitationChanges.revoke(id, by: caller, connection)
        }
        return context.nothing
    }

    private static let state: Endpoint.State = { context, connection in
        let row = try InvitationRecords.invitation(context.uuid(), tenant: context.principal.tenant, connection)
        return row.map { ContentHash(of: $0) }
    }

    private static let accept = Endpoint(
        .post, "/api/v1/invitations/accept", operation: "invitations_accept_create", tag: "Invitations",
        summary: "Joins the tenant of an invitation that is for the user who asks.", access: .authenticated,
        request: .resource(AccessSchemas.invitationAccept),
        responses: [ResponseSpec(201, .resource(AccessSchemas.membership), "The membership.")]
    ) { context in
        let token = try await context.input().string("invitation_token") ?? ""
        try TokenEndpoints.requireSession(context)
        let (row, tenant) = try await context.change { caller, connection in
            guard let user = caller.user else { throw APIError.forbidden() }
            try connection.enter(.dispatch)
            let row = try InvitationAcceptance.accept(
                token, user: user, address: caller.actor.address, requestID: caller.actor.requestID, connection)
            try connection.enter(.dispatch)
            return (row, try TenantRecords.tenant(number: row.tenant, connection)?.uid ?? "")
        }
        return context.answer(ResourceIdentifier("memberships", row.id), status: 201) {
            $0.write(row, tenantUID: tenant)
        }
    }

    private static func answer(_ context: RequestContext, _ row: InvitationRow, _ now: Timestamp) -> HTTPResponse {
        context.answer(ResourceIdentifier("invitations", row.id)) {
            $0.write(row, now: now, link: context.url("tenants/invitations", row.id))
        }
    }
}
