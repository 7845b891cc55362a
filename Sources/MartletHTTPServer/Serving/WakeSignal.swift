import CMicroHTTPD
import Glibc

/// Wakes the thread that waits for it, also when it is raised before the wait begins.
final class WakeSignal: Sendable {
    let descriptor: Int32

    /// Nil when the system has no more descriptors.
    init?() {
        descriptor = martlet_signal_open()
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    func raise() { martlet_signal_raise(descriptor) }
}
