import MartletHTTPServer

extension APIError {
    /// 400: a parameter of the query is wrong.
    public static func parameter(_ name: String, _ detail: String, code: String = "invalid") -> APIError {
        APIError(status: 400, code: code, detail: detail, source: .parameter(name))
    }

    /// 400: the place `pointer` of the request's document is wrong; codes are `invalid`, `required`, `blank`, `null`.
    public static func field(_ pointer: String, _ detail: String, code: String = "invalid") -> APIError {
        APIError(status: 400, code: code, detail: detail, source: .pointer(pointer))
    }

    /// 400: the request as a whole cannot be read.
    public static func malformed(_ detail: String, code: String = "parse_error") -> APIError {
        APIError(status: 400, code: code, detail: detail)
    }

    /// 401: no credentials, or none that hold.
    public static func unauthenticated(
        _ detail: String = "This needs an access token or an API key.", code: String = "not_authenticated"
    ) -> APIError {
        APIError(
            status: 401, code: code, detail: detail,
            headers: ["WWW-Authenticate": "Bearer realm=\"martlet\", Api-Key realm=\"martlet\""])
    }

    /// 403: the caller is known and may not do this.
    public static func forbidden(
        _ detail: String = "You may not do this.", code: String = "permission_denied"
    ) -> APIError { APIError(status: 403, code: code, detail: detail) }

    /// 404: nothing of this name, or nothing that the caller may see.
    public static func notFound(_ detail: String = "There is nothing here.") -> APIError {
        APIError(status: 404, code: "not_found", detail: detail)
    }

    /// 409: it exists already, or its state does not allow this.
    public static func conflict(_ detail: String, pointer: String? = nil) -> APIError {
        APIError(status: 409, code: "conflict", detail: detail, source: pointer.map { .pointer($0) })
    }

    /// 422: well-formed, but impossible.
    public static func impossible(_ detail: String, pointer: String? = nil) -> APIError {
        APIError(status: 422, code: "unprocessable", detail: detail, source: pointer.map { .pointer($0) })
    }

    /// 429: too many requests; may be tried again after `seconds`.
    public static func throttled(seconds: Int, _ detail: String = "Too many requests; try again later.") -> APIError {
        APIError(status: 429, code: "throttled", detail: detail, headers: ["Retry-After": String(seconds)])
    }

    /// 503: cannot be done now; may be tried again after `seconds`.
    public static func unavailable(_ detail: String, seconds: Int = 5) -> APIError {
        APIError(status: 503, code: "unavailable", detail: detail, headers: ["Retry-After": String(seconds)])
    }

    /// 500: a fault of ours, of which the answer says nothing.
    public static let fault = APIError(
        status: 500, code: "internal_error",
        detail: "Something went wrong here; the log has more under the request's id.")
}
