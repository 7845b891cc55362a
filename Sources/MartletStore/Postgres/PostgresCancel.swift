import CPostgres
import Glibc
import Synchronization

/// Ends the running statement of one connection, from any thread.
///
/// A cancellation that arrives late could end the next statement. So it names the transaction that it is meant for, is
/// sent only while that one runs, and the connection of a cancelled transaction is never used again.
final class PostgresCancel: Sendable {
    private struct State {
        /// Counts the connection's transactions.
        var number = 0
        var running = false
        var used = false
    }

    // @unchecked Sendable holds because libpq's cancel object is never changed after it was made, may be used on any
    // thread, and is freed by `deinit` only.
    private struct Handle: @unchecked Sendable { let pointer: OpaquePointer }

    private let handle: Handle
    private let state = Mutex(State())

    init(_ pointer: OpaquePointer) { handle = Handle(pointer: pointer) }

    deinit { PQfreeCancel(handle.pointer) }

    /// A transaction begins; gives the number by which it can be cancelled.
    func begin() -> Int {
        state.withLock { state in
            state.number += 1
            state.running = true
            return state.number
        }
    }

    /// The transaction has ended; true when it was cancelled, so that its connection must go.
    func end() -> Bool {
        state.withLock { state in
            state.running = false
            return state.used
        }
    }

    /// Ends what the transaction runs now, and what it would run next: a request that arrives between two statements ends
    /// nothing, so it is repeated until the transaction has ended. Does nothing when it has ended already, whatever the
    /// connection does by then.
    func cancel(_ number: Int) {
        guard isWanted(number) else { return }
        // libpq waits for the server's answer, and who cancels must not.
        PostgresCanceller(self, number).start()
    }

    /// Whether the transaction still runs. From then on the connection counts as cancelled: the request is on its way.
    fileprivate func isWanted(_ number: Int) -> Bool {
        state.withLock { state in
            guard state.running, state.number == number else { return false }
            state.used = true
            return true
        }
    }

    /// Asks the server once, and waits for its answer. What it says does not matter: the transaction tells.
    fileprivate func send() {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            _ = PQcancel(handle.pointer, message.baseAddress, 256)
        }
    }
}

/// Sends the requests for one transaction, on a thread of its own: those that tasks share may all be busy, perhaps with waiting
/// for what is to be ended.
private final class PostgresCanceller: Sendable {
    private let cancel: PostgresCancel
    private let number: Int
    private static let pauseMicroseconds: UInt32 = 100_000

    init(_ cancel: PostgresCancel, _ number: Int) {
        self.cancel = cancel
        self.number = number
    }

    /// Does nothing when the system gives no more threads: the statement then ends by its time limit.
    func start() {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<PostgresCanceller>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard result == 0 else {
            argument.release()
            return
        }
        pthread_detach(thread)
    }

    private func run() {
        while cancel.isWanted(number) {
            cancel.send()
            usleep(Self.pauseMicroseconds)
        }
    }
}
