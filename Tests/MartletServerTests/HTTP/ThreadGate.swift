import Dispatch
import MartletHTTPServer
import MartletTestSupport
import Synchronization

/// Holds the only thread of a server, which makes the answer to a refused request itself. Blocking, so call it inside
/// ``RawClient/run(_:)``.
final class ThreadGate: Sendable {
    /// A request that is refused.
    static let request = "GET * HTTP/1.1\r\nHost: h\r\n\r\n"
    private let reached = DispatchSemaphore(value: 0)
    private let released = DispatchSemaphore(value: 0)
    private let isOpen = Atomic(false)

    /// The server's answer, once it is let go.
    var refusal: HTTPServer.RefusalHandler {
        { [self] refusal in
            if !isOpen.load(ordering: .relaxed) {
                reached.signal()
                released.wait()
            }
            return HTTPServerTests.text(refusal.code, status: refusal.status)
        }
    }

    func waitUntilHeld() { reached.wait() }

    func release() { released.signal() }

    /// Lets it go, and holds it no more.
    func open() {
        isOpen.store(true, ordering: .relaxed)
        released.signal()
    }
}
