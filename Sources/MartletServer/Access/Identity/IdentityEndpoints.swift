import MartletCore
import MartletEngine
import MartletHTTPServer

/// Logging in at an identity provider (OpenID Connect): by a browser that is sent there and comes back, or by a client that
/// does the sending itself.
enum IdentityEndpoints {
    static let all: [Endpoint] = [redirect, begin, comeBack, finish]

    static let begun = ResourceSchema(
        "oidc-logins", component: "OIDCLogin",
        attributes: [
            Property("authorization_url", .format("uri"), "Where the user logs in."),
            Property("binding", .string(), "What the login is finished with, beside what comes back; a secret."),
            Property("expires_at", .time, "Until when it may be finished."),
        ])
    static let beginRequest = ResourceSchema(
        "oidc-logins", component: "OIDCLoginRequest", id: nil,
        attributes: [Property("invitation_token", .string(maxLength: 200), "An invitation that the login accepts.")])
    static let finishRequest = ResourceSchema(
        "tokens-oidc", component: "TokenOIDCRequest", id: nil,
        attributes: [
            Property("code", .string(maxLength: 4096), "As it came back.", required: true),
            Property("state", .string(maxLength: 4096), "As it came back.", required: true),
            Property("binding", .string(maxLength: 200), "As the login began with it.", required: true),
            Property("iss", .string(maxLength: 2048), "As it came back, where it did."),
        ])

    private static let redirect = Endpoint(
        .get, "/api/v1/tokens/oidc", operation: "tokens_oidc_retrieve", tag: "Tokens",
        summary: "Sends the browser to the identity provider, to log in there.", access: .open,
        query: QuerySpec(parameters: [
            ParameterSpec("invitation_token", .text, "An invitation that the login accepts.")
        ]),
        responses: [ResponseSpec(302, .none, "To the identity provider.", headers: ["Location", "Set-Cookie"])]
    ) { context in
        let logins = try logins(context)
        let invitation = context.query.parameters["invitation_token"]?.text
        let login = try await asking(logins) {
            try await context.access.begin(at: logins.provider, invitation: invitation)
        }
        let cookie = LoginCookie(redirectURL: logins.provider.redirectURL)
        return HTTPResponse(
            status: 302,
            headers: [
                "Location": login.url, "Set-Cookie": cookie.header(login.browser, seconds: Access.identityLoginSeconds),
                "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
            ])
    }

    private static let begin = Endpoint(
        .post, "/api/v1/tokens/oidc", operation: "tokens_oidc_create", tag: "Tokens",
        summary: "Begins a login at the identity provider for a client that opens the page itself.", access: .open,
        request: .resource(beginRequest),
        responses: [ResponseSpec(200, .resource(begun), "Where the user is to be sent; nothing is kept here.")]
    ) { context in
        let logins = try logins(context)
        let invitation = try await context.input().string("invitation_token")
        let login = try await asking(logins) {
            try await context.access.begin(at: logins.provider, invitation: invitation)
        }
        return context.answer(
            ResourceIdentifier("oidc-logins", UUIDText.random()), headers: ["Cache-Control": "no-store"]
        ) { resource in
            resource.attribute("authorization_url", login.url)
            resource.attribute("binding", login.browser)
            resource.attribute("expires_at", login.expiresAt)
        }
    }

    private static let comeBack = Endpoint(
        .get, "/api/v1/tokens/oidc/callback", operation: "tokens_oidc_callback_retrieve", tag: "Tokens",
        summary: "Where the identity provider sends the browser back to; gives an access and a refresh token.",
        access: .open,
        query: {
            var query = QuerySpec(parameters: [
                ParameterSpec("code", .text, "What the provider gives tokens for."),
                ParameterSpec("state", .text, "What the login began with."),
                ParameterSpec("error", .text, "Why there is no code."),
                ParameterSpec("iss", .text, "Who sends the browser back."),
            ])
            // Providers add what they like (OpenID Connect Core 1.0, section 3.1.2.7).
            query.ignoresUnknown = true
            return query
        }(),
        responses: [ResponseSpec(200, .resource(AccessSchemas.token), "The login succeeded.", headers: ["Set-Cookie"])]
    ) { context in
        let logins = try logins(context)
        let parameters = context.query.parameters
        if let error = parameters["error"]?.text {
            let isCode =
                (1...40).contains(error.utf8.count) && error.utf8.allSatisfy { 0x61...0x7A ~= $0 || $0 == 0x5F }
            throw refused("The identity provider let nobody in\(isCode ? " (\(error))" : "").")
        }
        for name in ["code", "state"] where parameters[name]?.text?.isEmpty ?? true {
            throw APIError.parameter(name, "\(name) is needed here.", code: "required")
        }
        let pair = try await finish(
            logins, code: parameters["code"]?.text ?? "", state: parameters["state"]?.text ?? "",
            binding: LoginCookie.value(context.request.headers) ?? "", issuer: parameters["iss"]?.text, context)
        let cookie = LoginCookie(redirectURL: logins.provider.redirectURL)
        return TokenEndpoints.answer(
            "tokens", pair, context,
            headers: ["Set-Cookie": cookie.header("", seconds: 0), "Referrer-Policy": "no-referrer"])
    }

    private static let finish = Endpoint(
        .post, "/api/v1/tokens/oidc/callback", operation: "tokens_oidc_callback_create", tag: "Tokens",
        summary: "Finishes a login that a client began; gives an access and a refresh token.", access: .open,
        request: .resource(finishRequest),
        responses: [ResponseSpec(200, .resource(AccessSchemas.token), "The login succeeded.")]
    ) { context in
        let logins = try logins(context)
        let input = try await context.input()
        let pair = try await finish(
            logins, code: input.string("code") ?? "", state: input.string("state") ?? "",
            binding: input.string("binding") ?? "", issuer: input.string("iss"), context)
        return TokenEndpoints.answer("tokens", pair, context)
    }

    private static func finish(
        _ logins: IdentityLogins, code: String, state: String, binding: String, issuer: String?,
        _ context: RequestContext
    ) async throws -> TokenPair {
        do {
            return try await asking(logins) {
                try await context.access.finish(
                    at: logins.provider, code: code, state: state, browser: binding, issuer: issuer,
                    address: context.request.remoteAddress, requestID: context.requestID)
            }
        } catch let error as MartletError where error.code == .unauthenticated {
            throw refused("This login does not hold; begin again.")
        }
    }

    private static func logins(_ context: RequestContext) throws(APIError) -> IdentityLogins {
        guard let logins = context.services.identityLogins else {
            throw .notFound("This server has no identity provider; log in at /api/v1/tokens.")
        }
        return logins
    }

    private static func refused(_ detail: String) -> APIError {
        APIError.unauthenticated(detail, code: "no_active_account")
    }

    /// What is wrong with the provider is for whoever runs the server, not for whoever logs in.
    private static func asking<Result>(
        _ logins: IdentityLogins, _ body: () async throws -> Result
    ) async throws -> Result {
        do { return try await body() } catch let error as MartletError
            where error.code == .io || error.code == .invalidInput
        {
            logins.report("\(error)")
            throw APIError.unavailable("The identity provider cannot be asked now; try again, or log in by password.")
        }
    }
}
