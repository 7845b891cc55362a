import MartletCore
import MartletHTTPClient
import Synchronization

/// Sends spans to a collector of OpenTelemetry (OTLP over HTTP, JSON), in batches and in its own time.
///
/// Recording never waits: what the queue cannot hold is dropped and counted. A collector that is down costs nothing but its
/// spans.
public final class SpanExporter: SpanRecorder {
    private let settings: SpanExporterSettings
    private let document: SpanDocument
    private let client: HTTPClient
    private let log: @Sendable (String) -> Void
    private let queue: Mutex<SpanQueue>
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation
    private let failing = Atomic<Bool>(false)

    /// - Parameter log: Takes a line when the collector begins or ceases to refuse.
    /// - Throws: ``HTTPFailure`` for an address that is none, and when the system gives no thread.
    public init(
        _ settings: SpanExporterSettings, log: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(HTTPFailure) {
        self.settings = settings
        document = SpanDocument(resource: settings.resource, version: settings.version)
        // The operator names the collector, which is often on a private address.
        client = try HTTPClient()
        self.log = log
        queue = Mutex(SpanQueue(capacity: settings.capacity))
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes a span, or drops it.
    public func record(_ span: Span) {
        guard let count = queue.withLock({ $0.add(span) }), count >= settings.batch else { return }
        wakeUp.yield()
    }

    /// What became of the spans so far.
    public var counts: SpanCounts { queue.withLock { $0.counts } }

    /// Sends what is recorded until the task is cancelled.
    public func run() async {
        let (settings, wakeUp) = (settings, wakeUp)
        let clock = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: settings.interval)
                wakeUp.yield()
            }
        }
        defer { clock.cancel() }
        for await _ in wakeUps {
            guard !Task.isCancelled else { return }
            while let spans = next() { await send(spans, tries: settings.tries) }
        }
    }

    /// Sends what still waits, one try for each batch, within `limit`; for the end of the program.
    public func flush(within limit: Duration) async {
        let work = Task {
            while !Task.isCancelled, let spans = next() { await send(spans, tries: 1) }
        }
        let alarm = Task {
            guard (try? await Task.sleep(for: limit)) != nil else { return }
            work.cancel()
        }
        await work.value
        alarm.cancel()
    }

    private func next() -> [Span]? {
        let spans = queue.withLock { $0.take(settings.batch) }
        return spans.isEmpty ? nil : spans
    }

    private func send(_ spans: [Span], tries: Int) async {
        let request = HTTPRequest(
            "POST", settings.url, headers: [HTTPHeader("Content-Type", "application/json")] + settings.headers,
            body: document.bytes(spans), timeout: settings.timeout, maximumBodyBytes: 1 << 20)
        var pause = settings.pause
        var reason = ""
        for number in 1...max(1, tries) {
            var isFinal = false
            do {
                let answer = try await client.send(request)
                if 200..<300 ~= answer.status { return taken(spans.count, refused: Self.refused(answer)) }
                reason = "status \(answer.status)"
                isFinal = ![429, 502, 503, 504].contains(answer.status)
            } catch {
                reason = error.message
                isFinal = !error.isTransient
            }
            guard !isFinal, number < tries, !Task.isCancelled else { break }
            guard (try? await Task.sleep(for: pause)) != nil else { break }
            pause = pause * 2
        }
        queue.withLock { $0.dropped(spans.count) }
        if !failing.exchange(true, ordering: .relaxed) {
            log("the collector of traces does not take spans (\(reason)); they are dropped until it does")
        }
    }

    private func taken(_ count: Int, refused: Int) {
        let refused = min(max(0, refused), count)
        queue.withLock {
            $0.sent(count - refused)
            $0.dropped(refused)
        }
        if failing.exchange(false, ordering: .relaxed) { log("the collector of traces takes spans again") }
    }

    /// Spans that a collector says it has not taken though it took the request.
    private static func refused(_ answer: HTTPResponse) -> Int {
        guard let document = try? JSONValue.parse(String(decoding: answer.body, as: UTF8.self)),
            let count = document["partialSuccess"]?["rejectedSpans"]
        else { return 0 }
        return count.intValue.map { Int($0) } ?? count.stringValue.flatMap { Int($0) } ?? 0
    }
}
