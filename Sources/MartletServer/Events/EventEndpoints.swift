import MartletCore
import MartletHTTPServer
import MartletStore

/// Live progress.
enum EventEndpoints {
    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/scans/{id}/events", operation: "scans_events", tag: "Scans",
            summary: "The scan's progress as server-sent events, until it ends.", access: .authenticated,
            query: QuerySpec(
                parameters: [
                    ParameterSpec(
                        "access_token", .text, "An access token, for browsers, whose EventSource sends no headers.")
                ]),
            responses: [
                ResponseSpec(
                    200, .raw(["text/event-stream"]),
                    "Events `progress` and at last `end`; a comment every 15 s keeps the connection.")
            ], produces: ["text/event-stream"]
        ) { context in
            let id = try context.uuid()
            let store = try context.store
            // Whether the caller may see it is decided once; the stream itself ends within an hour.
            let first = try await store.readRetrying { try context.scan(id, $0) }
            let known = context.request.headers["Last-Event-ID"]
            let headers: HTTPHeaders = [
                "Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no",
            ]
            if context.request.method == .head { return HTTPResponse(status: 200, headers: headers) }
            let progress = ScanProgress(first)
            // A client that has seen the end must not come again: 204 tells an EventSource so.
            if progress.isFinal, progress.id == known { return HTTPResponse(status: 204) }
            let key = ProgressHub.Key(tenant: store.tenant, scan: first.scan.id)
            let listener = try await ProgressListener(context.services.progress, key, store, after: known)
            return HTTPResponse(
                status: 200, headers: headers,
                body: .stream(HTTPBodyStream(endsOnStop: true) { try await listener.next() }))
        }
    ]
}
