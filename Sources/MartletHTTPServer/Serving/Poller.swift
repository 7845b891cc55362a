import CMicroHTTPD
import Glibc
import MartletCore
import Synchronization

/// A thread that moves the bytes of its share of the connections.
///
/// It drives an instance of libmicrohttpd from outside. With threads of its own the library (0.9.75 at least) takes up to
/// 128 events at a time and, when it gets exactly as many, waits for further ones before it serves these; driven from
/// outside it never waits. From outside it has, in return, no way to be woken, and none to share limits among threads:
/// so there is a signal, and connections of an address are counted in ``ServerCore``.
final class Poller: Sendable {
    private struct Orders {
        var isQuiet = false
        var isOver = false
        var hasEnded = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    let core: ServerCore
    let signal: WakeSignal
    private let orders = Mutex(Orders())
    /// Counted for its address, but not begun yet. Only the thread uses it.
    private let admitted = Mutex<ClientAddress?>(nil)

    init?(core: ServerCore) {
        guard let signal = WakeSignal() else { return nil }
        self.core = core
        self.signal = signal
    }

    /// Starts the thread.
    ///
    /// - Throws: ``MartletError`` `limit` when the system gives no more threads; the instance has been stopped then.
    func start(_ daemon: DaemonHandle) throws(MartletError) {
        final class Start: Sendable {
            let poller: Poller
            let daemon: DaemonHandle
            init(_ poller: Poller, _ daemon: DaemonHandle) { (self.poller, self.daemon) = (poller, daemon) }
        }
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Start(self, daemon))
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                start.poller.run(start.daemon)
                return nil
            }, argument.toOpaque())
        guard result == 0 else {
            argument.release()
            daemon.stop(isQuiet: false)
            throw MartletError(.limit, "the system gives no more threads (error \(result))")
        }
        pthread_detach(thread)
    }

    private func run(_ daemon: DaemonHandle) {
        martlet_mhd_prepare_thread()
        var isQuiet = false
        while true {
            let wanted = orders.withLock { ($0.isQuiet, $0.isOver) }
            if wanted.0, !isQuiet {
                daemon.quiesce()
                isQuiet = true
            }
            if wanted.1 { break }
            // What the system refuses now it may give in a moment.
            if !daemon.serve() { usleep(10_000) }
            forgetAdmitted()
            daemon.wait(signal)
        }
        daemon.stop(isQuiet: isQuiet)
        let waiter = orders.withLock { orders in
            orders.hasEnded = true
            return orders.waiter
        }
        waiter?.resume()
    }

    /// Takes no more connections, soon.
    func quiesce() {
        orders.withLock { $0.isQuiet = true }
        signal.raise()
    }

    /// Closes all connections and waits for the end of the thread. No request may be suspended any more, and none may
    /// begin that would be; called once.
    func stop() async {
        await withCheckedContinuation { continuation in
            let hasEnded = orders.withLock { orders in
                orders.isOver = true
                orders.waiter = continuation
                return orders.hasEnded
            }
            if hasEnded { continuation.resume() } else { signal.raise() }
        }
    }

    /// Whether a client may connect; if so, its connection is counted.
    func admit(_ address: ClientAddress) -> Bool {
        forgetAdmitted()
        guard core.configuration.limits.connectionsPerAddress > 0 else { return true }
        guard core.admit(address) else { return false }
        admitted.withLock { $0 = address }
        return true
    }

    /// What the connection that begins was counted for.
    func takeAdmitted() -> ClientAddress? {
        admitted.withLock { address in
            defer { address = nil }
            return address
        }
    }

    /// The library may give a connection up between its admission and its beginning.
    private func forgetAdmitted() {
        if let address = takeAdmitted() { core.release(address) }
    }
}
