/// All pollers of a server. They listen on the same socket and share the connections.
struct PollerGroup: Sendable {
    private let pollers: [Poller]

    /// Starts all; nil when one cannot be started.
    init?(socket: Int32, core: ServerCore) async {
        let count = max(1, core.configuration.threads)
        let (share, rest) = core.configuration.limits.connections.quotientAndRemainder(dividingBy: count)
        var pollers: [Poller] = []
        for index in 0..<count {
            guard let poller = Poller(core: core),
                let daemon = DaemonHandle(socket: socket, connections: share + (index < rest ? 1 : 0), poller: poller),
                (try? poller.start(daemon)) != nil
            else {
                await Self(pollers: pollers).stop()
                return nil
            }
            pollers.append(poller)
        }
        self.pollers = pollers
    }

    private init(pollers: [Poller]) { self.pollers = pollers }

    /// Takes no more connections.
    func quiesce() { for poller in pollers { poller.quiesce() } }

    /// Closes all connections and waits for all threads. Every request must have been aborted, and requests that begin
    /// must be aborted from their beginning: the library ends the program where a connection is suspended.
    func stop() async { for poller in pollers { await poller.stop() } }
}
