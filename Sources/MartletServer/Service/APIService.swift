import MartletCore
import MartletHTTPServer

/// Answers requests: finds the endpoint, the caller and what they may do, reads the query, runs the handler, and gives
/// errors their form. It needs no socket, so tests call ``respond(to:)``.
public struct APIService: Sendable {
    /// What is served.
    public let endpoints: [Endpoint]
    let router: Router
    let services: ServerServices
    let settings: APISettings
    let limiter: RateLimiter
    let metrics: ServerMetrics
    let log: RequestLog
    private let parsers: [String: JSONAPIQueryParser]

    /// A service of these endpoints.
    public init(
        endpoints: [Endpoint] = EndpointTable.all, services: ServerServices, settings: APISettings = APISettings(),
        log: RequestLog = RequestLog { _ in }
    ) {
        self.endpoints = endpoints
        router = Router(endpoints)
        self.services = services
        self.settings = settings
        limiter = RateLimiter()
        metrics = services.metrics
        self.log = log
        parsers = Dictionary(
            endpoints.map { ($0.operation, JSONAPIQueryParser($0.query)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Answers a request; every error becomes an answer.
    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        let start = MonotonicClock.now()
        var state = RequestState(request, ClientPlace(request, settings))
        metrics.begin()
        var response: HTTPResponse
        do {
            // What the request starts, and what it writes, knows the trace.
            response = try await Tracing.$scope.withValue(Tracing.Scope(state.trace, recorder: services.spans)) {
                try await route(request, &state)
            }
        } catch {
            response = failure(error, state)
        }
        finish(&response, request, state)
        metrics.end(state.operation, status: response.status, nanoseconds: MonotonicClock.now() - start)
        log.write(request, response, state, nanoseconds: MonotonicClock.now() - start)
        services.spans?.record(request, response, state)
        return response
    }

    /// The answer to a request that the HTTP layer refuses.
    public func refuse(_ refusal: HTTPRefusal) -> HTTPResponse {
        var response = ErrorDocument.response([
            APIError(status: refusal.status, code: refusal.code, detail: refusal.detail)
        ])
        response.headers["X-Request-Id"] = UUIDText.random()
        metrics.refused(refusal.status)
        return response
    }

    private func failure(_ error: any Error, _ state: RequestState) -> HTTPResponse {
        if error is CancellationError {
            return ErrorDocument.response([.unavailable("The server stops, or the client went away.")])
        }
        if let response = ErrorDocument.response(for: error) {
            if response.status >= 500 { log.failure(error, state) }
            return response
        }
        log.failure(error, state)
        return ErrorDocument.response([.fault])
    }

    private func route(_ request: HTTPRequest, _ state: inout RequestState) async throws -> HTTPResponse {
        try limit(&state, key: "address:" + state.place.address, settings.addressRate)
        switch router.match(request.method, request.target.segments) {
        case .none:
            throw APIError.notFound("There is no such path; /api/v1/openapi.json describes all.")
        case .otherMethod(let allowed):
            state.operation = "other_method"
            guard request.method == .options else { throw methodError(request.method, allowed) }
            return options(request, allowed)
        case .endpoint(let endpoint, let values):
            state.operation = endpoint.operation
            state.route = endpoint.path.description
            return try await serve(request, endpoint, values, &state)
        }
    }

    private func methodError(_ method: HTTPMethod, _ allowed: [HTTPMethod]) -> APIError {
        APIError(
            status: 405, code: "method_not_allowed", detail: "\(method.name.prefix(32)) is not possible here.",
            headers: ["Allow": allowed.map(\.name).joined(separator: ", ")])
    }

    private func serve(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ values: [String: String], _ state: inout RequestState
    ) async throws -> HTTPResponse {
        var caller: Principal?
        if endpoint.access != .open {
            let found = try await authenticate(request, endpoint, state.place.address)
            state.caller = found
            try limit(&state, key: found.credential, settings.callerRate)
            if case .permission(let permission) = endpoint.access, !found.permissions.contains(permission) {
                throw APIError.forbidden("This needs the permission \(permission.rawValue).")
            }
            // Whoever is in it may still leave it.
            if found.isInRemoval, !request.method.isSafe, endpoint.tag != "Tokens" {
                throw APIError(MartletError.tenantInRemoval)
            }
            caller = found
        }
        guard let mediaType = MediaNegotiation.choose(endpoint.produces, request.headers) else {
            throw APIError(
                status: 406, code: "not_acceptable",
                detail: "This is given as \(endpoint.produces.joined(separator: ", ")).", source: .header("Accept"))
        }
        state.mediaType = mediaType
        try BodyRules.check(request, endpoint)
        let query = try (parsers[endpoint.operation] ?? JSONAPIQueryParser(endpoint.query)).parse(request.target.query)
        var seen = request
        seen.remoteAddress = state.place.address
        let context = RequestContext(
            request: seen, endpoint: endpoint, pathValues: values, query: query, requestID: state.requestID,
            trace: state.trace, origin: state.place.origin, mediaType: mediaType, services: services, caller: caller)
        return try await answer(context)
    }

    private func authenticate(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ address: String
    ) async throws -> Principal {
        var credentials = try Credentials.of(request.headers)
        // Browsers cannot send headers with an EventSource.
        if credentials == nil, endpoint.query.parameters.contains(where: { $0.name == "access_token" }) {
            credentials = request.target.query.first { $0.name == "access_token" }.map { .bearer($0.value) }
        }
        guard let credentials else { throw APIError.unauthenticated() }
        return try await services.authenticator.authenticate(credentials, from: address)
    }

    private func answer(_ context: RequestContext) async throws -> HTTPResponse {
        let endpoint = context.endpoint
        if endpoint.method == .get, let state = endpoint.state { return try await answer(context, in: state) }
        let tag = endpoint.request.mediaTypes.isEmpty ? try await endpoint.validator?(context) : nil
        if let tag, context.request.method.isSafe,
            context.request.headers.list("If-None-Match").contains(where: tag.matches)
        {
            return HTTPResponse(status: 304, headers: ["ETag": tag.description])
        }
        var response =
            if endpoint.startsWork, context.request.headers["Idempotency-Key"] != nil {
                try await Idempotency.run(context)
            } else {
                try await endpoint.handler(context)
            }
        if let tag, response.status == 200 { response.headers["ETag"] = tag.description }
        return response
    }

    /// One resource with its tag. The state comes first, so that the tag is never of something newer than the answer: at the
    /// worst a write by it is refused for nothing.
    private func answer(_ context: RequestContext, in read: @escaping Endpoint.State) async throws -> HTTPResponse {
        let state = try await context.store.database.readRetrying { try read(context, $0) }
        var response = try await context.endpoint.handler(context)
        guard let state, response.status == 200, case .bytes(let bytes) = response.body else { return response }
        let tag = EntityTag(state: state, representation: bytes)
        if context.request.headers.list("If-None-Match").contains(where: tag.matches) {
            return HTTPResponse(status: 304, headers: ["ETag": tag.description])
        }
        response.headers["ETag"] = tag.description
        return response
    }

    private func limit(_ state: inout RequestState, key: String, _ limit: RateLimit) throws(APIError) {
        guard limit.perSecond > 0 else { return }
        let verdict = limiter.take(key, limit)
        state.rate = (limit, verdict)
        guard !verdict.isAllowed else { return }
        throw .throttled(
            seconds: verdict.retryAfter,
            "More than \(limit.perSecond) requests a second; try again in \(verdict.retryAfter) s.")
    }
}
