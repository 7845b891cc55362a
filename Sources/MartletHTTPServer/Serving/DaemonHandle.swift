import CMicroHTTPD
import Glibc

/// An instance of libmicrohttpd without threads of its own.
// @unchecked Sendable holds because only one thread at a time has it: the one that starts it, then its poller's.
struct DaemonHandle: @unchecked Sendable {
    private let pointer: OpaquePointer
    /// A descriptor of its own for the socket that listens: whether the library closes it when a start fails depends on
    /// how far it came.
    private let socket: Int32

    /// Nil when the library does not start, for one because certificate and key do not fit.
    init?(socket: Int32, connections: Int, poller: Poller) {
        let configuration = poller.core.configuration
        self.socket = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        guard self.socket >= 0 else { return nil }
        var options = martlet_mhd_options()
        options.listen_socket = self.socket
        options.connections = UInt32(clamping: connections)
        options.idle_seconds = UInt32(clamping: max(1, configuration.limits.idleTime / 1000))
        options.connection_memory = configuration.limits.connectionMemory
        options.context = Unmanaged.passUnretained(poller).toOpaque()
        options.admit = Callbacks.admit
        options.access = Callbacks.access
        options.completed = Callbacks.completed
        options.connection = Callbacks.connection
        options.target = Callbacks.target
        options.certificate = configuration.tls == nil ? nil : Callbacks.certificate
        guard let started = martlet_mhd_start(&options) else { return nil }
        pointer = started
    }

    /// Serves what there is, without waiting; false when the system refuses what that takes.
    func serve() -> Bool { MHD_run_wait(pointer, 0) == .YES }

    /// Waits until there is something to serve or the signal is raised, and clears the signal.
    func wait(_ signal: WakeSignal) { martlet_mhd_wait(pointer, signal.descriptor) }

    /// Takes no more connections.
    func quiesce() { MHD_quiesce_daemon(pointer) }

    /// Closes all connections, of which none may be suspended without having been resumed.
    func stop(isQuiet: Bool) {
        MHD_stop_daemon(pointer)
        // Of one that is quiet the library leaves the socket to us.
        if isQuiet { close(socket) }
    }
}
