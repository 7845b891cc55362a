import Glibc
import MartletCore
import MartletHTTPServer

/// One JSON line for each request and for each fault. No query, no body, no header stands in it, so no secret can.
public struct RequestLog: Sendable {
    private let write: @Sendable (String) -> Void

    /// A log whose lines go to `write`, without a line feed.
    public init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    func write(_ request: HTTPRequest, _ response: HTTPResponse, _ state: RequestState, nanoseconds: Int64) {
        var json = begin(response.status >= 500 ? "error" : "info", "request", state)
        json.field("method", String(request.method.name.prefix(32)))
        json.field("path", String(request.target.rawPath.prefix(512)))
        json.field("operation", state.operation)
        json.field("status", response.status)
        if case .bytes(let bytes) = response.body { json.field("bytes", bytes.count) }
        json.field("milliseconds", Double(nanoseconds / 1000) / 1000)
        json.field("address", state.place.address)
        if let caller = state.caller {
            json.field("user", caller.user)
            json.field("tenant", caller.tenantID)
        }
        json.endObject()
        write(json.text)
    }

    func failure(_ error: any Error, _ state: RequestState) {
        var json = begin("error", "failure", state)
        json.field("operation", state.operation)
        json.field("error", String(String(describing: error).prefix(2000)))
        json.endObject()
        write(json.text)
    }

    private func begin(_ level: String, _ event: String, _ state: RequestState) -> JSONWriter {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var json = JSONWriter()
        json.beginObject()
        let milliseconds = Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
        json.field("time", Timestamp(milliseconds: milliseconds).rfc3339)
        json.field("level", level)
        json.field("event", event)
        json.field("request_id", state.requestID)
        json.field("trace_id", state.trace.traceID)
        json.field("span_id", state.trace.spanID)
        return json
    }
}
