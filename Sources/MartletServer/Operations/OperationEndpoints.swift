import MartletCore
import MartletHTTPServer
import MartletStore

/// What operators and their tools ask for.
enum OperationEndpoints {
    static let all: [Endpoint] = [
        Endpoint(
            .get, "/health/live", operation: "health_live", tag: "Operations",
            summary: "Whether the process answers; nothing else is looked at.", access: .open,
            responses: [ResponseSpec(200, .json(status), "It does.")], produces: ["application/json"]
        ) { _ in answer("pass", [:], status: 200) },
        Endpoint(
            .get, "/health/ready", operation: "health_ready", tag: "Operations",
            summary:
                "Whether requests can be served: the database answers, its schema is current, and queued work is taken.",
            access: .open,
            responses: [ResponseSpec(200, .json(status), "It is."), ResponseSpec(503, .json(status), "It is not.")],
            produces: ["application/json"]
        ) { context in await ready(context) },
        Endpoint(
            .get, "/metrics", operation: "metrics", tag: "Operations",
            summary: "Metrics of this server and of the queue with all its workers, in Prometheus' text form.",
            access: .open, responses: [ResponseSpec(200, .raw(["text/plain"]))], produces: ["text/plain"]
        ) { context in try await metrics(context) },
    ]

    private static let status = Schema.object([
        Property("status", .choice(["pass", "fail"]), "Whether all is well.", required: true),
        Property("checks", .map(.choice(["pass", "fail"])), "What was looked at."),
    ])

    private static func answer(_ status: String, _ checks: KeyValuePairs<String, Bool>, status code: Int)
        -> HTTPResponse
    {
        var json = JSONWriter()
        json.beginObject()
        json.field("status", status)
        json.key("checks")
        json.beginObject()
        for (name, passes) in checks { json.field(name, passes ? "pass" : "fail") }
        json.endObject()
        json.endObject()
        return HTTPResponse(
            status: code, headers: ["Content-Type": "application/json"], body: .bytes(json.takeBytes()))
    }

    private static func ready(_ context: RequestContext) async -> HTTPResponse {
        guard let health = try? await context.services.health.health(of: context.services.store) else {
            return answer("fail", ["database": false], status: 503)
        }
        let isReady = health.isCurrent && !health.lacksWorkers
        return answer(
            isReady ? "pass" : "fail",
            ["database": true, "schema": health.isCurrent, "workers": !health.lacksWorkers], status: isReady ? 200 : 503
        )
    }

    private static func metrics(_ context: RequestContext) async throws -> HTTPResponse {
        if let token = context.services.metricsToken {
            guard try Credentials.of(context.request.headers) == .bearer(token) else {
                throw APIError.unauthenticated()
            }
        }
        var text = PrometheusText()
        context.services.metrics.write(to: &text)
        text.counter(
            "martlet_database_statements_total", "Statements that this server's connections have run",
            Double(await context.services.store.statementCount))
        var work: WorkFigures?
        // A database that does not answer must not hide what the server itself knows.
        if let health = try? await context.services.health.health(of: context.services.store) {
            work = health.work
            QueueMetrics.write(health, to: &text)
            WorkMetricsText.write(health.work, to: &text)
            text.gauge("martlet_database_up", "Whether the database answers", 1)
        } else {
            text.gauge("martlet_database_up", "Whether the database answers", 0)
        }
        WorkMetricsText.write(await context.services.store.database.poolStatus, work, to: &text)
        WorkMetricsText.write(context.services.spans?.counts ?? SpanCounts(), work, to: &text)
        return HTTPResponse(
            status: 200, headers: ["Content-Type": "text/plain; version=0.0.4; charset=utf-8"],
            body: .bytes(Array(text.text.utf8)))
    }
}
