import Synchronization

/// How much may still be kept.
final class HeldBudget: Sendable {
    /// There was too much of it.
    struct Exhausted: Error {}

    private let left: Mutex<Int>

    init(_ bytes: Int) { left = Mutex(bytes) }

    /// Takes bytes out of it, or gives them back where the number is negative; false when there are not enough.
    func take(_ bytes: Int) -> Bool {
        left.withLock { left in
            guard left >= bytes else { return false }
            left -= bytes
            return true
        }
    }
}
