import CPostgres
import Synchronization

/// Ends the running statement of one connection, from any thread.
///
/// A cancellation that arrives late could end the next statement. So it is sent only while the transaction it is meant
/// for runs, and the connection of a cancelled transaction is never used again.
final class PostgresCancel: Sendable {
    private struct State {
        // Freed only by `deinit`; libpq allows its use on any thread.
        var pointer: UnsafeMutableRawPointer
        var running = false
        var used = false
    }

    private let state: Mutex<SendableState>

    private struct SendableState: @unchecked Sendable {
        // Holds because libpq's cancel object is never changed after it was made, and the flags lie behind the lock.
        var value: State
    }

    init(_ pointer: OpaquePointer) {
        state = Mutex(SendableState(value: State(pointer: UnsafeMutableRawPointer(pointer))))
    }

    deinit { state.withLock { PQfreeCancel(OpaquePointer($0.value.pointer)) } }

    /// A transaction begins.
    func begin() { state.withLock { $0.value.running = true } }

    /// The transaction has ended; true when it was cancelled, so that its connection must go.
    func end() -> Bool {
        state.withLock { state in
            state.value.running = false
            return state.value.used
        }
    }

    /// Ends what runs now, and what the transaction would run next: a request that arrives between two statements ends
    /// nothing, so it is repeated until the transaction has ended. Does nothing between transactions.
    func cancel() {
        guard request() else { return }
        Task.detached {
            while self.request() { try? await Task.sleep(for: .milliseconds(100)) }
        }
    }

    /// Asks the server once; false when no transaction runs.
    private func request() -> Bool {
        state.withLock { state in
            guard state.value.running else { return false }
            state.value.used = true
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
                _ = PQcancel(OpaquePointer(state.value.pointer), message.baseAddress, 256)
            }
            return true
        }
    }
}
