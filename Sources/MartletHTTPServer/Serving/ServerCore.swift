import CMicroHTTPD
import Synchronization

/// What the callbacks of libmicrohttpd work with: the handler, and all that is open.
final class ServerCore: Sendable {
    struct Open {
        var connections: [ObjectIdentifier: ConnectionRecord] = [:]
        var exchanges: [ObjectIdentifier: Exchange] = [:]
        var isStopping = false
    }

    let configuration: HTTPServerConfiguration
    let handler: HTTPServer.Handler
    let refusal: HTTPServer.RefusalHandler
    let open = Mutex(Open())

    init(
        configuration: HTTPServerConfiguration, handler: @escaping HTTPServer.Handler,
        refusal: @escaping HTTPServer.RefusalHandler
    ) {
        self.configuration = configuration
        self.handler = handler
        self.refusal = refusal
    }

    var isStopping: Bool { open.withLock { $0.isStopping } }

    func begin(_ record: ConnectionRecord) { open.withLock { $0.connections[ObjectIdentifier(record)] = record } }

    func end(_ record: ConnectionRecord) { open.withLock { $0.connections[ObjectIdentifier(record)] = nil } }

    func begin(_ exchange: Exchange) { open.withLock { $0.exchanges[ObjectIdentifier(exchange)] = exchange } }

    func end(_ exchange: Exchange) { open.withLock { $0.exchanges[ObjectIdentifier(exchange)] = nil } }

    /// Ends connections whose clients take too long. Under the lock no socket is closed, so that its number means it.
    func endOverdue() {
        let now = ConnectionRecord.now()
        open.withLock { open in
            for record in open.connections.values where record.isOverdue(at: now) {
                martlet_end_socket(record.socket)
            }
        }
    }
}
