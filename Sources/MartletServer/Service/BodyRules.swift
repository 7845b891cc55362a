import MartletHTTPServer

/// What is demanded of a body before any of it is read.
enum BodyRules {
    static func check(_ request: HTTPRequest, _ endpoint: Endpoint) throws(APIError) {
        let hasBody = request.body.length != 0
        let types = endpoint.request.mediaTypes
        guard !types.isEmpty else {
            if hasBody { throw .malformed("This takes no body.") }
            return
        }
        if let length = request.body.length, length > endpoint.bodyLimit {
            throw APIError(
                status: 413, code: "too_large", detail: "The body may have \(endpoint.bodyLimit) bytes at most.")
        }
        if let coding = request.headers["Content-Encoding"], coding.lowercased() != "identity" {
            throw APIError(
                status: 415, code: "unsupported_media_type", detail: "Bodies are taken without a content coding.",
                source: .header("Content-Encoding"))
        }
        let given = request.headers["Content-Type"].map { type in
            type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        }
        guard let given, types.contains(given) else {
            if given == nil, !hasBody { return }
            throw APIError(
                status: 415, code: "unsupported_media_type",
                detail: "This takes \(types.joined(separator: " or ")).", source: .header("Content-Type"))
        }
    }
}
