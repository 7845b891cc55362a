import CMicroHTTPD
import Dispatch

// @unchecked Sendable holds because libmicrohttpd may be told to quiesce and to stop from any thread, and the server does
// each once, in this order.
struct DaemonHandle: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let context: Unmanaged<ServerCore>

    init?(socket: Int32, core: ServerCore) {
        let configuration = core.configuration
        let context = Unmanaged.passRetained(core)
        var options = martlet_mhd_options()
        options.listen_socket = socket
        options.threads = UInt32(clamping: max(1, configuration.threads))
        options.connections = UInt32(clamping: configuration.limits.connections)
        options.connections_per_address = UInt32(clamping: configuration.limits.connectionsPerAddress)
        options.idle_seconds = UInt32(clamping: max(1, configuration.limits.idleTime / 1000))
        options.connection_memory = configuration.limits.connectionMemory
        options.context = context.toOpaque()
        options.access = Callbacks.access
        options.completed = Callbacks.completed
        options.connection = Callbacks.connection
        options.target = Callbacks.target
        let started = Self.start(&options, configuration.tls)
        guard let started else {
            context.release()
            return nil
        }
        pointer = started
        self.context = context
    }

    private static func start(
        _ options: inout martlet_mhd_options, _ tls: HTTPServerConfiguration.TLS?
    ) -> OpaquePointer? {
        guard let tls else { return martlet_mhd_start(&options) }
        return tls.certificate.withCString { certificate in
            tls.key.withCString { key in
                options.certificate = certificate
                options.key = key
                return martlet_mhd_start(&options)
            }
        }
    }

    func quiesce() { MHD_quiesce_daemon(pointer) }

    /// Waits for the library's threads, on a thread that may wait.
    func stop() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                MHD_stop_daemon(pointer)
                context.release()
                continuation.resume()
            }
        }
    }
}
