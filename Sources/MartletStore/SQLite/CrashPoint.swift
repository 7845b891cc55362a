import Glibc
import Synchronization

/// Kills the process before the n-th statement of its write connections, for tests that prove what a crash leaves.
///
/// Only the environment variable `MARTLET_CRASH_POINT` makes one.
final class CrashPoint: Sendable {
    private let left: Atomic<Int>

    init(_ number: Int) { left = Atomic(number) }

    /// The point that the environment asks for.
    static func fromEnvironment() -> CrashPoint? {
        guard let text = getenv("MARTLET_CRASH_POINT"), let number = Int(String(cString: text)), number > 0 else {
            return nil
        }
        return CrashPoint(number)
    }

    /// Passes one boundary between statements.
    func pass() {
        if left.subtract(1, ordering: .relaxed).newValue == 0 { kill(getpid(), SIGKILL) }
    }
}
