import MartletCore
import MartletHTTPServer

extension SpanRecorder {
    /// Takes the span of a request that has been answered. Path values, query, headers and bodies are none of it.
    func record(_ request: HTTPRequest, _ response: HTTPResponse, _ state: RequestState) {
        guard state.trace.isSampled else { return }
        let method = String(request.method.name.prefix(32))
        var attributes: [String: Span.Value] = [
            "http.request.method": .text(method), "http.response.status_code": .int(Int64(response.status)),
            "martlet.operation": .text(state.operation), "martlet.request.id": .text(state.requestID),
        ]
        if let route = state.route { attributes["http.route"] = .text(route) }
        record(
            Span(
                state.route.map { "\(method) \($0)" } ?? method, kind: .server, context: state.trace,
                start: state.began, end: Tracing.now(), attributes: attributes,
                failure: response.status >= 500 ? "\(response.status)" : nil))
    }
}
