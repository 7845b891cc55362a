import Dispatch
import Synchronization

/// Carries portions of rows from one connection's thread to another's; holds a bounded number of them.
///
/// It blocks, so it is for threads of connections only, never for the cooperative pool.
final class RowChannel: Sendable {
    /// Rows of one table.
    struct Portion: Sendable {
        var tenant: Int64
        var table: String
        var columns: [String]
        var rows: [[Value]]
    }

    private struct State {
        var portions: [Portion] = []
        var closed = false
        var complete = false
    }

    private let state = Mutex(State())
    // Made at 0 and raised: a semaphore that ends below the value it was made with stops the process.
    private let free = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    /// Portions that wait at the most.
    private static let capacity = 4

    init() {
        for _ in 0..<Self.capacity { free.signal() }
    }

    /// Whether everything was sent: an end without it is a failure of the sender.
    var isComplete: Bool { state.withLock { $0.complete } }

    /// Says that everything has been sent.
    func complete() { state.withLock { $0.complete = true } }

    /// Hands a portion over, waiting for room; false when the receiver has closed.
    func send(_ portion: Portion) -> Bool {
        free.wait()
        let open = state.withLock { state in
            if !state.closed { state.portions.append(portion) }
            return !state.closed
        }
        filled.signal()
        return open
    }

    /// The next portion, waiting for it; nil after the sender has closed.
    func receive() -> Portion? {
        filled.wait()
        let portion = state.withLock { $0.portions.isEmpty ? nil : $0.portions.removeFirst() }
        free.signal()
        // Nothing follows a close; whoever asks again is not kept waiting.
        if portion == nil { filled.signal() }
        return portion
    }

    /// No portion follows, or none is taken any more.
    func close() {
        state.withLock { $0.closed = true }
        filled.signal()
        free.signal()
    }
}
