import CMicroHTTPD
import Synchronization

/// What the callbacks of libmicrohttpd work with: the handler, and all that is open.
final class ServerCore: Sendable {
    struct Open {
        var connections: [ObjectIdentifier: ConnectionRecord] = [:]
        var exchanges: [ObjectIdentifier: Exchange] = [:]
        /// Connections of each client, where they are limited.
        var addresses: [ClientAddress: Int] = [:]
        /// What is being answered is finished, but no connection is kept.
        var isStopping = false
        /// Nothing is waited for any more.
        var isEnding = false

        /// A connection that was counted for its address has ended.
        mutating func release(_ address: ClientAddress) {
            let count = addresses[address, default: 0]
            addresses[address] = count > 1 ? count - 1 : nil
        }
    }

    let configuration: HTTPServerConfiguration
    let handler: HTTPServer.Handler
    let refusal: HTTPServer.RefusalHandler
    let open = Mutex(Open())
    /// What new connections show; nil for plain HTTP.
    let certificate = Mutex<ServerCertificate?>(nil)

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

    func end(_ record: ConnectionRecord) {
        open.withLock { open in
            open.connections[ObjectIdentifier(record)] = nil
            if let address = record.address { open.release(address) }
        }
    }

    func begin(_ exchange: Exchange) {
        let isEnding = open.withLock { open in
            open.exchanges[ObjectIdentifier(exchange)] = exchange
            return open.isEnding
        }
        if isEnding { exchange.abort() }
    }

    func end(_ exchange: Exchange) { open.withLock { $0.exchanges[ObjectIdentifier(exchange)] = nil } }

    /// Aborts every request, those too that are still to come: when this returns no connection is suspended without
    /// having been resumed, nor will one be. Each request is in `exchanges` before the change, or sees it in `begin`.
    func abortAll() {
        let exchanges = open.withLock { open in
            open.isEnding = true
            return Array(open.exchanges.values)
        }
        for exchange in exchanges { exchange.abort() }
    }

    /// Counts a connection of a client, unless it has as many as it may.
    func admit(_ address: ClientAddress) -> Bool {
        open.withLock { open in
            let count = open.addresses[address, default: 0]
            guard count < configuration.limits.connectionsPerAddress else { return false }
            open.addresses[address] = count + 1
            return true
        }
    }

    /// A connection that was counted has not begun.
    func release(_ address: ClientAddress) { open.withLock { $0.release(address) } }

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
