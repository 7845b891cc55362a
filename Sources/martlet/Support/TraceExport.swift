import MartletCore
import MartletHTTPClient
import MartletTelemetry

/// Where the spans of a server or worker go, as its options say.
struct TraceExport {
    static let options = [
        OptionSpec(
            "otlp-endpoint", value: "URL", environment: "OTEL_EXPORTER_OTLP_ENDPOINT",
            "Send traces to this collector (OTLP/HTTP, JSON), such as http://localhost:4318 (default: nowhere)"),
        OptionSpec(
            "otlp-headers", value: "NAME=VALUE", repeats: true, splits: false,
            environment: "OTEL_EXPORTER_OTLP_HEADERS", isSecret: true,
            "Headers for the collector, NAME=VALUE separated by commas"),
    ]

    let exporter: SpanExporter
    private let task: Task<Void, Never>

    /// Nil where nobody collects traces.
    ///
    /// - Parameter role: What the process is, `server` or `worker`.
    /// - Throws: ``MartletError`` `usage` for an address that is none.
    init?(_ arguments: ParsedArguments, role: String, log: Log) throws {
        guard let endpoint = arguments.value("otlp-endpoint"), !endpoint.isEmpty else { return nil }
        guard endpoint.hasPrefix("http://") || endpoint.hasPrefix("https://"), !endpoint.contains("?") else {
            throw MartletError(.usage, "--otlp-endpoint needs a URL such as http://localhost:4318, not '\(endpoint)'")
        }
        var settings = SpanExporterSettings(endpoint: endpoint)
        for text in arguments.list("otlp-headers") {
            guard let headers = SpanExporterSettings.headers(text) else {
                throw MartletError(.usage, "--otlp-headers needs NAME=VALUE, several separated by commas")
            }
            settings.headers += headers
        }
        settings.version = Martlet.version
        settings.resource = [
            "service.name": "martlet-\(role)", "service.version": Martlet.version,
            "service.instance.id": TraceContext.new().traceID,
        ]
        let exporter: SpanExporter
        do { exporter = try SpanExporter(settings, log: { log.warning($0) }) } catch {
            throw MartletError(.usage, "--otlp-endpoint: \(error.message)")
        }
        self.exporter = exporter
        task = Task { await exporter.run() }
    }

    /// Sends what still waits, for a few seconds at most.
    func end() async {
        task.cancel()
        await task.value
        await exporter.flush(within: .seconds(3))
    }
}
