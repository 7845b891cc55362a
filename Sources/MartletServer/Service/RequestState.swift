import MartletCore
import MartletHTTPServer

/// What becomes known of a request on its way, for the answer's headers, the log and the metrics.
struct RequestState {
    let requestID: String
    let trace: TraceContext
    let place: ClientPlace
    var operation = "none"
    /// The pattern of the endpoint's path; nil where no endpoint was matched.
    var route: String?
    /// Nanoseconds since 1970.
    let began = Tracing.now()
    var caller: Principal?
    var mediaType: String?
    var rate: (limit: RateLimit, verdict: RateLimiter.Verdict)?

    init(_ request: HTTPRequest, _ place: ClientPlace) {
        self.place = place
        requestID =
            request.headers["X-Request-Id"].flatMap { Self.isID($0) ? $0 : nil } ?? UUIDText.random()
        trace = request.headers["traceparent"].flatMap(TraceContext.init(traceparent:)) ?? .new()
    }

    /// 1 to 128 letters, digits, `-`, `_`, `.`; anything else could break a log or a header apart.
    static func isID(_ text: String) -> Bool {
        1...128 ~= text.utf8.count
            && text.utf8.allSatisfy {
                0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || "-_.".utf8.contains($0)
            }
    }
}
