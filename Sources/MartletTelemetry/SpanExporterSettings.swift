import MartletCore
import MartletHTTPClient

/// Where spans go and how many may wait.
public struct SpanExporterSettings: Sendable {
    /// The collector's address without a path of its own for traces, such as `http://localhost:4318`.
    public var endpoint: String
    /// Headers of every request, such as a collector's key.
    public var headers: [HTTPHeader] = []
    /// Attributes of the program, `service.name` among them.
    public var resource: [String: String] = ["service.name": "martlet"]
    /// The program's version.
    public var version = ""
    /// The most spans that wait; more are dropped.
    public var capacity = 4_096
    /// The most spans of one request.
    public var batch = 512
    /// How long a span waits for others.
    public var interval = Duration.seconds(2)
    /// How long one request may take.
    public var timeout = Duration.seconds(10)
    /// Requests for the same spans; then they are dropped.
    public var tries = 4
    /// Before the second try; each further pause is twice as long.
    public var pause = Duration.milliseconds(500)

    /// The defaults, to a collector.
    public init(endpoint: String) { self.endpoint = endpoint }

    /// Where traces are sent to.
    var url: String { endpoint.hasSuffix("/") ? endpoint + "v1/traces" : endpoint + "/v1/traces" }

    /// Reads `name=value` pairs separated by commas, values percent-encoded, as OpenTelemetry's variables have them; nil
    /// when a pair is none.
    public static func headers(_ text: String) -> [HTTPHeader]? {
        var headers: [HTTPHeader] = []
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0].drop { $0 == " " })
            guard parts.count == 2, !name.isEmpty,
                let value = PercentEncoding.decode(parts[1].utf8, plusIsSpace: false)
            else { return nil }
            headers.append(HTTPHeader(name, value))
        }
        return headers
    }
}
