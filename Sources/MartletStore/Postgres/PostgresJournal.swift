import Synchronization

/// What all connections of a database have run, transaction by transaction.
final class PostgresJournal: Sendable {
    private struct State {
        var statements = 0
        var log: [String]?
        var connected = false
        var retries: Int64 = 0
    }

    private let state = Mutex(State())
    var statements: Int { state.withLock { $0.statements } }
    var log: [String] { state.withLock { $0.log ?? [] } }
    /// Whether a connection was ever made: before that, waiting for the server helps nobody.
    var hasConnected: Bool { state.withLock { $0.connected } }
    var isOn: Bool { state.withLock { $0.log != nil } }

    /// Transactions that ran again.
    var retries: Int64 { state.withLock { $0.retries } }

    func noteRetry() { state.withLock { $0.retries += 1 } }

    func noteConnection() { state.withLock { $0.connected = true } }

    func set(_ on: Bool) { state.withLock { $0.log = on ? [] : nil } }

    func add(statements: Int, log: [String]?) {
        state.withLock { state in
            state.statements += statements
            if let log { state.log?.append(contentsOf: log) }
        }
    }
}
