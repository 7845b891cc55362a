import MartletCore
import MartletEngine
import MartletHTTPServer

/// Logging in, and what follows from it.
enum TokenEndpoints {
    static let all: [Endpoint] = [create, refresh, switchTenant, logout] + IdentityEndpoints.all

    private static let create = Endpoint(
        .post, "/api/v1/tokens", operation: "tokens_create", tag: "Tokens",
        summary: "Logs in with email and password; gives an access and a refresh token.", access: .open,
        request: .resource(AccessSchemas.tokenRequest),
        responses: [ResponseSpec(200, .resource(AccessSchemas.token), "The login succeeded.")]
    ) { context in
        let input = try await context.input()
        let outcome = try await context.access.login(
            email: input.string("email") ?? "", password: SecretBytes(text: input.string("password") ?? ""),
            tenant: input.string("tenant_id").flatMap { UUIDText.canonical($0) },
            address: context.request.remoteAddress, requestID: context.requestID)
        switch outcome {
        case .tokens(let pair): return answer("tokens", pair, context)
        case .refused:
            throw APIError.unauthenticated(
                "No active account was found with these credentials.", code: "no_active_account")
        case .throttled(let seconds):
            throw APIError.throttled(seconds: seconds, "Too many failed logins; wait before the next one.")
        }
    }

    private static let refresh = Endpoint(
        .post, "/api/v1/tokens/refresh", operation: "tokens_refresh_create", tag: "Tokens",
        summary: "Gives a new pair of tokens for a refresh token, which holds once.", access: .open,
        request: .resource(AccessSchemas.refreshRequest),
        responses: [ResponseSpec(200, .resource(AccessSchemas.refresh), "A new pair.")]
    ) { context in
        let token = try await context.input().string("refresh") ?? ""
        let pair = try await context.access.refresh(
            token, address: context.request.remoteAddress, requestID: context.requestID)
        return answer("tokens-refresh", pair, context)
    }

    private static let switchTenant = Endpoint(
        .post, "/api/v1/tokens/switch", operation: "tokens_switch_create", tag: "Tokens",
        summary: "Gives tokens for another tenant of the user.", access: .authenticated,
        request: .resource(AccessSchemas.switchRequest),
        responses: [ResponseSpec(200, .resource(AccessSchemas.switched), "Tokens for the tenant.")]
    ) { context in
        let tenant = try await context.input().string("tenant_id").flatMap { UUIDText.canonical($0) } ?? ""
        try requireSession(context)
        let pair = try await context.access.enter(
            tenant: tenant, user: context.principal.user, address: context.request.remoteAddress,
            requestID: context.requestID)
        return answer("tokens-switch-tenant", pair, context)
    }

    private static let logout = Endpoint(
        .delete, "/api/v1/tokens/current", operation: "tokens_current_destroy", tag: "Tokens",
        summary: "Logs out: ends the session whose token is shown.", access: .authenticated,
        responses: [ResponseSpec(204, .none, "The session has ended.")]
    ) { context in
        guard case .session(let session) = try context.credential() else {
            throw APIError.forbidden("An API key has no session; it is revoked instead.")
        }
        let access = try context.access
        let caller = try await context.change { caller, _ in caller }
        try await access.logout(session, by: caller)
        return context.nothing
    }

    /// What only a user does who has logged in; a key speaks for one tenant, and nobody leaves it by one.
    static func requireSession(_ context: RequestContext) throws {
        guard case .session = try context.credential() else {
            throw APIError.forbidden("This needs a user who has logged in; an API key does not do.")
        }
    }

    static func answer(
        _ type: String, _ pair: TokenPair, _ context: RequestContext, headers more: HTTPHeaders = [:]
    ) -> HTTPResponse {
        var headers = more
        headers["Cache-Control"] = "no-store"
        return context.answer(ResourceIdentifier(type, pair.session), headers: headers) { resource in
            resource.attribute("access", pair.access)
            resource.attribute("refresh", pair.refresh)
        }
    }
}
