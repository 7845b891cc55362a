import CMicroHTTPD
import Glibc
import MartletCore

/// A server for HTTP/1.1 over libmicrohttpd.
///
/// Its threads only move bytes. For each request a task runs the handler; while it works the connection is suspended and
/// costs no thread.
///
///     let server = HTTPServer(configuration, refusal: { … }) { request in
///         HTTPResponse(status: 200, body: .bytes(Array("hello".utf8)))
///     }
///     let port = try await server.start()
///     …
///     await server.stop(grace: .seconds(30))
public actor HTTPServer {
    /// Answers a request. It is cancelled when the client goes away or the server gives up waiting.
    public typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse
    /// Makes the answer to a request that the server itself refuses.
    public typealias RefusalHandler = @Sendable (HTTPRefusal) -> HTTPResponse

    private let core: ServerCore
    private var pollers: PollerGroup?
    private var socket: ListeningSocket?
    private var watch: Task<Void, Never>?

    /// A server that does not listen yet.
    public init(
        _ configuration: HTTPServerConfiguration, refusal: @escaping RefusalHandler, handler: @escaping Handler
    ) {
        core = ServerCore(configuration: configuration, handler: handler, refusal: refusal)
    }

    /// Begins to listen and gives the port.
    ///
    /// - Throws: ``MartletError`` when the address cannot be used, or the certificate and key are none.
    public func start() async throws -> UInt16 {
        let configuration = core.configuration
        if let tls = configuration.tls { try renew(tls) }
        let socket = try ListeningSocket(address: configuration.address, port: configuration.port)
        guard let pollers = await PollerGroup(socket: socket.descriptor, core: core) else {
            close(socket.descriptor)
            throw MartletError(.io, "The HTTP server does not start.", place: configuration.address)
        }
        self.pollers = pollers
        self.socket = socket
        let core = core
        watch = Task.detached {
            while (try? await Task.sleep(for: .milliseconds(500))) != nil { core.endOverdue() }
        }
        return socket.port
    }

    /// Shows new connections another certificate; those that are open go on. A server of plain HTTP stays one.
    ///
    /// - Throws: ``MartletError`` `invalid_input` for a certificate and key that are none; then all stays as it was.
    public nonisolated func renew(_ tls: HTTPServerConfiguration.TLS) throws {
        let certificate = try ServerCertificate(tls)
        core.certificate.withLock { $0 = certificate }
    }

    /// Connections that are open, idle ones included.
    public nonisolated var connectionCount: Int { core.open.withLock { $0.connections.count } }

    /// Requests that are being read or answered.
    public nonisolated var requestCount: Int { core.open.withLock { $0.exchanges.count } }

    /// Takes no more connections, waits for what is being answered, then ends what is left.
    ///
    /// - Parameter grace: How long requests may take to finish. Streams with ``HTTPBodyStream/endsOnStop`` end at once.
    public func stop(grace: Duration) async {
        guard let pollers, let socket else { return }
        self.pollers = nil
        core.open.withLock { $0.isStopping = true }
        pollers.quiesce()
        martlet_end_socket(socket.descriptor)
        let clock = ContinuousClock()
        let end = clock.now + grace
        repeat {
            for exchange in core.open.withLock({ Array($0.exchanges.values) }) { exchange.endOnStop() }
            guard requestCount > 0 else { break }
            try? await Task.sleep(for: .milliseconds(20))
        } while clock.now < end
        watch?.cancel()
        // The library ends the program when it is stopped while a connection is suspended.
        core.abortAll()
        await pollers.stop()
        close(socket.descriptor)
    }
}
