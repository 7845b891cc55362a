import Foundation
import MartletLoopback
import MartletProgram
import MartletTestSupport
import Synchronization
import Testing

/// A request followed through server, queue and worker: logs, spans at a collector, metrics.
@Suite(.timeLimit(.minutes(20)))
struct TraceProcessTests {
    private static let trace = "0123456789abcdef0123456789abcdef"
    private static let parent = "0011223344556677"

    /// What a collector has been sent.
    private final class Collector: Sendable {
        let bodies = Mutex<[[UInt8]]>([])

        func spans() throws -> [[String: Any]] {
            try bodies.withLock { $0 }.flatMap { body -> [[String: Any]] in
                let document = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
                let resources = document?["resourceSpans"] as? [[String: Any]] ?? []
                return resources.flatMap { ($0["scopeSpans"] as? [[String: Any]] ?? []) }
                    .flatMap { $0["spans"] as? [[String: Any]] ?? [] }
            }
        }
    }

    private static func scan(_ server: ServerProcess) throws -> String {
        let providers = try server.ask("GET", "/providers")
        let provider = try #require(providers.list.first?["id"] as? String, "\(providers.text)")
        let begun = try server.ask(
            "POST", "/scans",
            [
                "data": [
                    "type": "scans", "attributes": ["name": "traced", "source": "external:lab"],
                    "relationships": ["provider": ["data": ["type": "providers", "id": provider]]],
                ]
            ], headers: ["traceparent": "00-\(trace)-\(parent)-01"])
        let id = try #require(begun.data["id"] as? String, "\(begun.text)")
        let done = try server.poll("/scans/\(id)") { reply in
            ["completed", "failed", "cancelled"].contains(reply.attribute("state") as? String)
        }
        #expect(done.attribute("state") as? String == "completed", "\(done.text)")
        return id
    }

    /// Findings in a file.
    private static func count(_ file: String) throws -> Int {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count
    }

    /// The JSON lines of a log that name a job.
    private static func lines(_ log: String, of job: String) throws -> [[String: Any]] {
        try log.split(separator: "\n").compactMap { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }.filter { $0["job"] as? String == job }
    }

    @Test(arguments: QueuePlace.allCases)
    func aTraceLeadsFromTheRequestToThePublish(place: QueuePlace) async throws {
        try await SourceProcesses.with(place) { lab in
            let collector = Collector()
            let endpoint = try LoopbackServer { request in
                collector.bodies.withLock { $0.append(request.body) }
                return .json("{}")
            }
            var store = lab.queue.store
            try lab.add("report")
            try ServerProcess.addOwner(store)
            store.environment["MARTLET_LOG_FORMAT"] = "json"
            store.environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint.url
            let inside = place == .sqlite
            let server = try ServerProcess(store, workers: inside ? 1 : 0)
            let worker = inside ? nil : try store.start(["worker", "--log-level", "info", "--concurrency", "1"])
            try server.logIn()
            let id = try Self.scan(server)

            try Self.checkMetrics(server, findings: try Self.count(lab.findings))
            for process in [server.process, worker].compactMap({ $0 }) { process.send(SIGTERM) }
            let ended = try server.process.wait()
            #expect(ended.code == 0, "\(ended.errors)")
            let log = try worker?.wait().errors ?? ended.errors

            // Every line of the worker's about the job, and the request's, are of the caller's trace.
            let lines = try Self.lines(log, of: id)
            #expect(lines.count >= 2)
            for line in lines { #expect(line["trace_id"] as? String == Self.trace, "\(line)") }
            let request = try ended.errors.split(separator: "\n").compactMap { line in
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            }.first { $0["operation"] as? String == "scans_create" }
            #expect(request?["trace_id"] as? String == Self.trace)
            #expect(request?["request_id"] as? String != nil)

            let spans = try collector.spans().filter { $0["traceId"] as? String == Self.trace }
            func span(_ name: String, _ location: SourceLocation = #_sourceLocation) throws -> [String: Any] {
                let found = spans.filter { $0["name"] as? String == name }
                #expect(found.count == 1, "\(name): \(spans)", sourceLocation: location)
                return try #require(found.first, sourceLocation: location)
            }
            let root = try span("POST /api/v1/scans")
            #expect(root["parentSpanId"] as? String == Self.parent)
            #expect(root["spanId"] as? String == request?["span_id"] as? String)
            let job = try span("job scan")
            #expect(job["parentSpanId"] as? String == root["spanId"] as? String)
            // What the scanner says is of the step in which it runs, what the worker says of the attempt.
            for line in lines where (line["message"] as? String)?.hasPrefix("claimed") == true {
                #expect(line["span_id"] as? String == job["spanId"] as? String)
            }
            for name in ["queue", "claim", "run"] {
                #expect(try span(name)["parentSpanId"] as? String == job["spanId"] as? String, "\(name)")
            }
            let run = try span("run")
            for name in ["ingest", "publish"] {
                #expect(try span(name)["parentSpanId"] as? String == run["spanId"] as? String, "\(name)")
            }
            // Nothing of a tenant, of the account or of secrets goes to the collector.
            let all = collector.bodies.withLock { $0.map { String(decoding: $0, as: UTF8.self) } }.joined()
            for secret in [SourceProcesses.account, ServerProcess.email, server.token] {
                #expect(!all.contains(secret))
            }
        }
    }

    /// After one scan of so many findings.
    private static func checkMetrics(_ server: ServerProcess, findings: Int) throws {
        var last = ""
        let answer = try server.poll("/metrics") { reply in
            last = reply.text
            return last.contains("martlet_job_attempts_total{outcome=\"completed\"} ")
                && !last.contains("martlet_job_attempts_total{outcome=\"completed\"} 0")
                && !last.contains("martlet_ingest_findings_total 0")
        }
        #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        let metrics = try PrometheusReader(last)
        #expect(metrics.value("martlet_ingest_findings_total") == Double(findings))
        #expect(metrics.value("martlet_ingest_rejected_total") == 0)
        #expect(metrics.value("martlet_ingest_batches_total") ?? 0 >= 1)
        #expect(metrics.value("martlet_ingest_scans_total") == 1)
        let outcomes = ["new", "changed", "updated", "unchanged", "returned", "duplicates"].map {
            metrics.value("martlet_ingest_published_findings_total", ["outcome": $0]) ?? -1
        }
        #expect(outcomes.reduce(0, +) == Double(findings) && outcomes[0] > 0, "\(outcomes)")
        for phase in ["source", "write", "publish"] {
            #expect(metrics.value("martlet_ingest_seconds_total", ["phase": phase]) ?? -1 >= 0)
        }
        #expect(metrics.value("martlet_job_retries_total") == 0)
        #expect(metrics.value("martlet_workers") == 1)
        for process in ["server", "workers"] {
            for state in ["in_use", "idle"] {
                let value = metrics.value("martlet_database_connections", ["process": process, "state": state])
                #expect(value ?? -1 >= 0, "\(process) \(state)")
            }
            #expect(metrics.value("martlet_database_wait_timeouts_total", ["process": process]) == 0)
            #expect(metrics.value("martlet_database_waits_total", ["process": process]) ?? -1 >= 0)
            #expect(metrics.value("martlet_database_waiting", ["process": process]) ?? -1 >= 0)
            #expect(metrics.value("martlet_database_retries_total", ["process": process]) ?? -1 >= 0)
        }
        let open = ["in_use", "idle"].map {
            metrics.value(
                "martlet_database_connections", ["process": "server", "state": $0]) ?? 0
        }
        #expect(open.reduce(0, +) >= 1)
        #expect(
            metrics.value("martlet_http_requests_total", ["operation": "scans_create", "status": "202"]) == 1)
        #expect(metrics.value("martlet_database_up") == 1)
        #expect(metrics.value("martlet_trace_spans_total", ["process": "server", "outcome": "dropped"]) == 0)
        let names = try server.ask("GET", "/tenants").list
        for tenant in names {
            let id = try #require(tenant["id"] as? String)
            #expect(!last.contains(id))
        }
        #expect(!names.isEmpty && !last.contains("tenant=") && !last.contains(SourceProcesses.account))
    }

    @Test func aCollectorThatIsNoneIsRefused() throws {
        let store = TestStore(folder: try Folder())
        for (arguments, part) in [
            (["--otlp-endpoint", "localhost:4318"], "--otlp-endpoint"),
            (["--otlp-endpoint", "http://x", "--otlp-headers", "novalue"], "--otlp-headers"),
        ] {
            for command in [["serve", "--listen", "127.0.0.1:0"], ["worker"]] {
                let result = try store.run(command + arguments)
                #expect(result.code == 2 && result.errors.contains(part), "\(command): \(result.errors)")
            }
        }
        let json = try store.run(["scan", "nothing", "--log-format", "json"])
        #expect(json.code == 1)
        let line = try JSONSerialization.jsonObject(with: Data(json.errors.utf8)) as? [String: Any]
        #expect(line?["level"] as? String == "error" && (line?["message"] as? String)?.contains("nothing") == true)
    }
}
