import Glibc
import Synchronization

/// Counts requests to stop: SIGTERM and SIGINT. The second one ends the process at once.
enum StopSignals {
    private static let count = Atomic(0)

    /// From now on the first signal is only counted.
    static func catchAll() {
        // Made before a handler may need it.
        _ = count.load(ordering: .relaxed)
        for number in [SIGTERM, SIGINT] { signal(number) { _ in StopSignals.note() } }
    }

    /// Whether one has come.
    static var isRaised: Bool { count.load(ordering: .relaxed) > 0 }

    /// Inside a signal handler: nothing but an atomic and a system call.
    private static func note() {
        if count.add(1, ordering: .relaxed).oldValue > 0 { _exit(130) }
    }
}
