import MartletCore
import MartletHTTPClient
import MartletLoopback
import Synchronization
import Testing

@testable import MartletTelemetry

/// Spans on the wire, at a collector that does what it is told.
@Suite struct SpanExporterTests {
    private static func span(_ name: String, failure: String? = nil) -> Span {
        Span(
            name, kind: .server, context: TraceContext.new().child(), start: 1_700_000_000_123_456_789,
            end: 1_700_000_000_223_456_789,
            attributes: ["http.response.status_code": .int(200), "http.route": .text("/x/{id}")], failure: failure)
    }

    private static func exporter(
        _ url: String, _ change: (inout SpanExporterSettings) -> Void = { _ in }
    ) throws -> SpanExporter {
        var settings = SpanExporterSettings(endpoint: url)
        settings.interval = .milliseconds(10)
        settings.pause = .milliseconds(5)
        settings.version = "1.2.3"
        change(&settings)
        return try SpanExporter(settings)
    }

    /// Runs an exporter until it has counted so many spans.
    private static func run(_ exporter: SpanExporter, until count: Int64) async throws {
        let task = Task { await exporter.run() }
        defer { task.cancel() }
        for _ in 0..<3_000 {
            let counts = exporter.counts
            if counts.sent + counts.dropped >= count { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("never: \(exporter.counts)")
    }

    @Test func spansArriveInTheProtocolsForm() async throws {
        let seen = Mutex<[LoopbackRequest]>([])
        let collector = try LoopbackServer { request in
            seen.withLock { $0.append(request) }
            return .json("{}")
        }
        let exporter = try Self.exporter(collector.url + "/base/") {
            $0.headers = SpanExporterSettings.headers("x-key=a%20b, x-other=c") ?? []
            $0.resource["service.name"] = "martlet-server"
        }
        let spans = [Self.span("GET /x/{id}"), Self.span("other", failure: "503")]
        for span in spans { exporter.record(span) }
        try await Self.run(exporter, until: 2)
        #expect(exporter.counts.sent == 2 && exporter.counts.dropped == 0)
        let request = try #require(seen.withLock { $0.first })
        #expect(request.method == "POST" && request.target == "/base/v1/traces")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["x-key"] == "a b" && request.headers["x-other"] == "c")
        let document = try JSONValue.parse(String(decoding: request.body, as: UTF8.self))
        let resource = try #require(document["resourceSpans"]?[0])
        #expect(resource["resource"]?["attributes"]?[0]?["key"]?.stringValue == "service.name")
        #expect(resource["resource"]?["attributes"]?[0]?["value"]?["stringValue"]?.stringValue == "martlet-server")
        let scope = try #require(resource["scopeSpans"]?[0])
        #expect(scope["scope"]?["version"]?.stringValue == "1.2.3")
        let first = try #require(scope["spans"]?[0])
        #expect(first["traceId"]?.stringValue == spans[0].context.traceID)
        #expect(first["spanId"]?.stringValue == spans[0].context.spanID)
        #expect(first["parentSpanId"]?.stringValue == spans[0].context.parentID)
        #expect(first["kind"]?.intValue == 2 && first["name"]?.stringValue == "GET /x/{id}")
        #expect(first["startTimeUnixNano"]?.stringValue == "1700000000123456789")
        #expect(first["endTimeUnixNano"]?.stringValue == "1700000000223456789")
        #expect(first["attributes"]?[0]?["value"]?["intValue"]?.stringValue == "200")
        #expect(first["attributes"]?[1]?["value"]?["stringValue"]?.stringValue == "/x/{id}")
        #expect(first["status"] == nil)
        #expect(scope["spans"]?[1]?["status"]?["code"]?.intValue == 2)
        #expect(scope["spans"]?[1]?["status"]?["message"]?.stringValue == "503")
    }

    @Test func whatIsRefusedForNowIsSentAgain() async throws {
        let tries = Mutex(0)
        let collector = try LoopbackServer { _ in
            let number = tries.withLock { count in
                count += 1
                return count
            }
            return .json(
                number < 3 ? "{}" : #"{"partialSuccess":{"rejectedSpans":"1"}}"#, status: number < 3 ? 503 : 200)
        }
        let exporter = try Self.exporter(collector.url)
        for number in 0..<5 { exporter.record(Self.span("s\(number)")) }
        try await Self.run(exporter, until: 5)
        #expect(exporter.counts.sent == 4 && exporter.counts.dropped == 1)
        #expect(tries.withLock { $0 } == 3)
    }

    @Test(arguments: [400, 401, 503])
    func whatIsRefusedForGoodIsDropped(status: Int) async throws {
        let collector = try LoopbackServer { _ in .json("{}", status: status) }
        let exporter = try Self.exporter(collector.url)
        exporter.record(Self.span("s"))
        try await Self.run(exporter, until: 1)
        #expect(exporter.counts.sent == 0 && exporter.counts.dropped == 1)
        #expect(collector.counts.requests == (status == 503 ? 4 : 1))
    }

    @Test func aSilentCollectorHoldsNobodyUpAndTheQueueIsBounded() async throws {
        let collector = try LoopbackServer { _ in .silence }
        let exporter = try Self.exporter(collector.url) {
            $0.capacity = 100
            $0.batch = 10
            $0.timeout = .seconds(60)
        }
        let task = Task { await exporter.run() }
        for number in 0..<10_000 { exporter.record(Self.span("s\(number)")) }
        // One batch may be on its way, all else but the queue is dropped.
        #expect(exporter.counts.dropped >= 10_000 - 110)
        task.cancel()
        await task.value
        await exporter.flush(within: .milliseconds(100))
        #expect(exporter.counts.sent == 0)
    }

    @Test func whatWaitsIsSentAtTheEnd() async throws {
        let collector = try LoopbackServer { _ in .json("{}") }
        let exporter = try Self.exporter(collector.url) { $0.batch = 3 }
        for number in 0..<7 { exporter.record(Self.span("s\(number)")) }
        await exporter.flush(within: .seconds(60))
        #expect(exporter.counts.sent == 7 && collector.counts.requests == 3)
    }

    @Test func headersAreRead() {
        #expect(SpanExporterSettings.headers("")?.isEmpty == true)
        #expect(SpanExporterSettings.headers("a=b=c")?.first?.value == "b=c")
        for text in ["a", "=b", "a=%", "a=%g0", "a=%ff"] {
            #expect(SpanExporterSettings.headers(text) == nil, "\(text)")
        }
    }
}
