import Synchronization

/// One worker under supervision: how it ended, and when it last said that it goes on.
final class WorkerLife: Sendable {
    /// Signalled when the worker has ended.
    let ended = WakeSignal()
    private let worker: any SupervisedWorker
    private let state: Mutex<State>

    private struct State {
        var reason: String?
        var lastSign: Int64
        var isAsking = false
        var isDead = false
    }

    init(_ worker: any SupervisedWorker) {
        self.worker = worker
        state = Mutex(State(lastSign: MonotonicTime.now()))
    }

    /// Why it has ended; nil while it has not.
    var reason: String? { state.withLock { $0.reason } }

    /// Runs the worker to its end.
    func run() async {
        var reason = "ended by itself"
        do { try await worker.run() } catch { reason = "failed: \(error)" }
        let final = reason
        state.withLock { $0.reason = final }
        await ended.signal()
    }

    /// Whether it has said that it does not go on, or nothing for so many milliseconds. It is asked again, beside: a worker
    /// that hangs may never answer.
    func hangs(after silence: Int64) -> Bool {
        let now = MonotonicTime.now()
        let (hangs, begins) = state.withLock { state in
            let begins = !state.isAsking
            state.isAsking = true
            return (state.isDead || now - state.lastSign > silence, begins)
        }
        if begins {
            Task {
                let isAlive = await worker.isAlive
                state.withLock { state in
                    state.isAsking = false
                    state.lastSign = MonotonicTime.now()
                    state.isDead = !isAlive
                }
            }
        }
        return hangs
    }
}
