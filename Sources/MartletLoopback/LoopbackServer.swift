import Glibc
import Synchronization

/// A server of HTTP/1.1 on the loopback interface for tests and benchmarks: a thread for each connection, and a function
/// that says what to do with each request. It keeps its promises only towards well-meaning clients.
public final class LoopbackServer: Sendable {
    /// Says what to do with a request. It runs on the connection's thread and may wait.
    public typealias Handler = @Sendable (LoopbackRequest) -> LoopbackAnswer

    /// What has happened so far.
    public struct Counts: Sendable, Hashable {
        /// Connections that were accepted.
        public var connections = 0
        /// Requests that were read.
        public var requests = 0
        /// Connections open at this moment.
        public var open = 0
        /// The most connections that were open at a moment.
        public var peak = 0
    }

    private struct State {
        var counts = Counts()
        var open: Set<Int32> = []
        var isStopped = false
    }

    private let listener: Int32
    private let handler: Handler
    private let state = Mutex(State())
    /// The port of 127.0.0.1.
    public let port: Int

    /// Begins to listen, on a free port.
    public init(_ handler: @escaping Handler) throws(LoopbackError) {
        self.handler = handler
        (listener, port) = try Self.listen()
        let argument = Unmanaged.passRetained(Acceptor(listener: listener, server: self))
        Self.detach(argument.toOpaque()) { Unmanaged<Acceptor>.fromOpaque($0).takeRetainedValue().run() }
    }

    deinit { stop() }

    /// `http://127.0.0.1:PORT`.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// What has happened so far.
    public var counts: Counts { state.withLock { $0.counts } }

    /// Ends all connections; no more are accepted.
    public func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return !state.isStopped
        }
        if isFirst { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    func note(opened descriptor: Int32) -> Bool {
        state.withLock { state in
            guard !state.isStopped else { return false }
            state.open.insert(descriptor)
            state.counts.connections += 1
            state.counts.open = state.open.count
            state.counts.peak = max(state.counts.peak, state.open.count)
            return true
        }
    }

    func note(closed descriptor: Int32) {
        state.withLock { state in
            state.open.remove(descriptor)
            state.counts.open = state.open.count
        }
    }

    func answer(_ request: LoopbackRequest) -> LoopbackAnswer {
        state.withLock { $0.counts.requests += 1 }
        return handler(request)
    }

    private static func listen() throws(LoopbackError) -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw LoopbackError(errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && Glibc.listen(descriptor, 1_024) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else {
            let number = errno
            close(descriptor)
            throw LoopbackError(number)
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    static func detach(
        _ argument: UnsafeMutableRawPointer,
        _ body: @escaping @convention(c) (UnsafeMutableRawPointer) -> Void
    ) {
        let start = Start(argument: argument, body: body)
        var thread = pthread_t()
        let retained = Unmanaged.passRetained(start)
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                start.body(start.argument)
                return nil
            }, retained.toOpaque())
        if result == 0 { pthread_detach(thread) } else { retained.takeRetainedValue().body(argument) }
    }
}

/// What a thread begins with.
private final class Start {
    let argument: UnsafeMutableRawPointer
    let body: @convention(c) (UnsafeMutableRawPointer) -> Void

    init(argument: UnsafeMutableRawPointer, body: @escaping @convention(c) (UnsafeMutableRawPointer) -> Void) {
        self.argument = argument
        self.body = body
    }
}

/// Takes connections as long as the server exists.
private final class Acceptor {
    private let listener: Int32
    private weak var server: LoopbackServer?

    init(listener: Int32, server: LoopbackServer) {
        self.listener = listener
        self.server = server
    }

    func run() {
        defer { close(listener) }
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            guard let server, server.note(opened: descriptor) else {
                close(descriptor)
                return
            }
            let connection = LoopbackConnection(descriptor, server)
            LoopbackServer.detach(Unmanaged.passRetained(connection).toOpaque()) {
                Unmanaged<LoopbackConnection>.fromOpaque($0).takeRetainedValue().run()
            }
        }
    }
}
