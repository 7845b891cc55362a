import MartletHTTPServer

extension APIService {
    /// Adds the headers of every answer, and compresses it.
    func finish(_ response: inout HTTPResponse, _ request: HTTPRequest, _ state: RequestState) {
        response.headers["X-Request-Id"] = state.requestID
        response.headers["X-Content-Type-Options"] = "nosniff"
        if response.headers["X-Frame-Options"] == nil { response.headers["X-Frame-Options"] = "DENY" }
        if response.headers["Cache-Control"] == nil {
            response.headers["Cache-Control"] =
                response.headers["ETag"] == nil ? "no-store" : "private, no-cache"
        }
        if response.headers["Content-Type"] == JSONAPI.mediaType, state.mediaType == "application/json" {
            response.headers["Content-Type"] = "application/json"
        }
        if let rate = state.rate {
            response.headers["RateLimit-Policy"] = "\"default\";q=\(rate.limit.burst);w=\(rate.limit.window)"
            response.headers["RateLimit"] = "\"default\";r=\(rate.verdict.remaining);t=\(rate.verdict.reset)"
        }
        response.headers.add("Vary", "Accept, Accept-Encoding, Authorization, Origin")
        crossOrigin(&response, request)
        if MediaNegotiation.acceptsGzip(request.headers) {
            ResponseCompression.compress(&response, from: settings.compressFrom)
        }
    }

    /// The answer to OPTIONS, which for a page of another origin is the question whether it may ask.
    func options(_ request: HTTPRequest, _ allowed: [HTTPMethod]) -> HTTPResponse {
        let methods = allowed.map(\.name).joined(separator: ", ")
        var response = HTTPResponse(status: 204, headers: ["Allow": methods])
        if allowedOrigin(request) != nil, request.headers["Access-Control-Request-Method"] != nil {
            response.headers["Access-Control-Allow-Methods"] = methods
            response.headers["Access-Control-Allow-Headers"] =
                "Authorization, Content-Type, Accept, Idempotency-Key, If-Match, If-None-Match, X-Request-Id, traceparent"
            response.headers["Access-Control-Max-Age"] = "600"
        }
        return response
    }

    private func allowedOrigin(_ request: HTTPRequest) -> String? {
        guard let origin = request.headers["Origin"] else { return nil }
        if settings.allowedOrigins.contains(origin) { return origin }
        return settings.allowedOrigins.contains("*") ? "*" : nil
    }

    private func crossOrigin(_ response: inout HTTPResponse, _ request: HTTPRequest) {
        guard let origin = allowedOrigin(request) else { return }
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] =
            "Location, Content-Location, Retry-After, ETag, Link, X-Request-Id, RateLimit, RateLimit-Policy"
    }
}
