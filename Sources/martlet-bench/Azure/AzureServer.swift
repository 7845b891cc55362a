import Glibc
import MartletGenerator
import MartletLoopback
import Synchronization

/// The emulated Azure of the benchmark: an estate behind HTTP, with a time that every answer takes, and the requests that
/// came.
final class AzureServer: Sendable {
    private let server: LoopbackServer
    private let log: Log

    private final class Log: Sendable {
        let targets = Mutex<[String]>([])
    }

    /// - Parameter latency: Milliseconds that each answer takes besides.
    init(_ estate: AzureEstate, latency: Int) throws {
        let log = Log()
        self.log = log
        server = try LoopbackServer { request in
            log.targets.withLock { $0.append(request.target) }
            if latency > 0 { usleep(UInt32(latency) * 1_000) }
            // `/HOST/PATH?QUERY`, as the endpoint map makes it.
            let rest = request.target.dropFirst()
            let host = rest.prefix { $0 != "/" }
            let base = "http://\(request.headers["host"] ?? "")/\(host)"
            return .json(estate.answer(host: String(host), target: String(rest.dropFirst(host.count)), base: base))
        }
    }

    /// An endpoint map that sends all hosts here.
    var map: String { #"{"*":"\#(server.url)/{host}"}"# }

    var url: String { server.url }

    /// Path and query of every request, in the order in which they came.
    var requests: [String] { log.targets.withLock { $0 } }

    func stop() { server.stop() }
}
