import Synchronization

/// Counts of requests and their latencies. Labels are operations and statuses, never tenants or callers.
public final class ServerMetrics: Sendable {
    /// Upper bounds of the latency classes in seconds.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    struct Latency {
        var classes = [Int](repeating: 0, count: ServerMetrics.bounds.count + 1)
        var nanoseconds: Int64 = 0
        var count = 0
    }

    struct State {
        var inFlight = 0
        var requests: [String: [Int: Int]] = [:]
        var latencies: [String: Latency] = [:]
        var refused: [Int: Int] = [:]
    }

    let state = Mutex(State())

    /// Metrics of a server that has answered nothing yet.
    public init() {}

    func begin() { state.withLock { $0.inFlight += 1 } }

    func end(_ operation: String, status: Int, nanoseconds: Int64) {
        let seconds = Double(nanoseconds) / 1e9
        let index = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        state.withLock { state in
            state.inFlight -= 1
            state.requests[operation, default: [:]][status, default: 0] += 1
            state.latencies[operation, default: Latency()].classes[index] += 1
            state.latencies[operation, default: Latency()].nanoseconds += nanoseconds
            state.latencies[operation, default: Latency()].count += 1
        }
    }

    func refused(_ status: Int) { state.withLock { $0.refused[status, default: 0] += 1 } }

    /// The metrics in Prometheus' text form.
    func write(to text: inout PrometheusText) {
        let state = state.withLock { $0 }
        text.gauge("martlet_http_requests_in_flight", "Requests that are being answered", Double(state.inFlight))
        text.family("martlet_http_requests_total", "counter", "Requests that were answered")
        for (operation, statuses) in state.requests.sorted(by: { $0.key < $1.key }) {
            for (status, count) in statuses.sorted(by: { $0.key < $1.key }) {
                text.sample(
                    "martlet_http_requests_total", [("operation", operation), ("status", String(status))], Double(count)
                )
            }
        }
        text.family("martlet_http_refused_total", "counter", "Messages that were no acceptable requests")
        for (status, count) in state.refused.sorted(by: { $0.key < $1.key }) {
            text.sample("martlet_http_refused_total", [("status", String(status))], Double(count))
        }
        text.family("martlet_http_request_seconds", "histogram", "How long answers took to begin")
        for (operation, latency) in state.latencies.sorted(by: { $0.key < $1.key }) {
            var sum = 0
            for (index, count) in latency.classes.enumerated() {
                sum += count
                let bound = index < Self.bounds.count ? "\(Self.bounds[index])" : "+Inf"
                text.sample(
                    "martlet_http_request_seconds_bucket", [("operation", operation), ("le", bound)], Double(sum))
            }
            text.sample(
                "martlet_http_request_seconds_sum", [("operation", operation)], Double(latency.nanoseconds) / 1e9)
            text.sample("martlet_http_request_seconds_count", [("operation", operation)], Double(latency.count))
        }
    }
}
