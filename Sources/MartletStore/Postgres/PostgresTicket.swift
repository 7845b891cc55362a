import Synchronization

/// The cancellation of one transaction, from any thread and at any time: before it has a connection, too.
final class PostgresTicket: Sendable {
    private struct State {
        var cancelled = false
        var running: (cancel: PostgresCancel, number: Int)?
    }

    private let state = Mutex(State())

    /// Whether the transaction is not wanted any more; asked before every statement.
    var isCancelled: Bool { state.withLock { $0.cancelled } }

    /// The transaction has a connection, on which it is number `number`; false when it is not wanted any more.
    func attach(_ cancel: PostgresCancel?, _ number: Int) -> Bool {
        state.withLock { state in
            state.running = cancel.map { ($0, number) }
            return !state.cancelled
        }
    }

    /// Ends the transaction's statement, or keeps it from beginning.
    func cancel() {
        let running = state.withLock { state in
            state.cancelled = true
            return state.running
        }
        if let running { running.cancel.cancel(running.number) }
    }
}
