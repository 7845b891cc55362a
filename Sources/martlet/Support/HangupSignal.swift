import Glibc
import Synchronization

/// Remembers SIGHUP, by which a service is told to read its files again.
enum HangupSignal {
    private static let count = Atomic(0)

    /// From now on the signal is only counted.
    static func catchAll() {
        // Made before the handler may need it.
        _ = count.load(ordering: .relaxed)
        signal(SIGHUP) { _ in HangupSignal.count.add(1, ordering: .relaxed) }
    }

    /// Whether it has come since the last time that this was asked.
    static func take() -> Bool { count.exchange(0, ordering: .relaxed) > 0 }
}
