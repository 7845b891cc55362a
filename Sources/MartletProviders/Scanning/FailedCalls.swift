import Synchronization

/// The calls of a scan that failed, under keys by which checks name them. A key is known until everybody who got it has given
/// it back, so that a call which fails for every item needs no memory for each.
final class FailedCalls: Sendable {
    private struct State {
        var failures: [String: (failure: CallFailure, holders: Int)] = [:]
        var keys: [CallFailure: String] = [:]
        var next = 1
    }

    private let state = Mutex(State())

    /// The key of a failure; the same for the same as long as somebody holds it.
    func key(of failure: CallFailure) -> String {
        state.withLock { state in
            if let key = state.keys[failure] {
                state.failures[key]?.holders += 1
                return key
            }
            let key = "\(failure.call) (\(state.next))"
            state.next += 1
            state.keys[failure] = key
            state.failures[key] = (failure, 1)
            return key
        }
    }

    /// The failure of a key.
    subscript(key: String) -> CallFailure? { state.withLock { $0.failures[key]?.failure } }

    /// Gives keys back, each once for each time that it was got.
    func release(_ keys: some Sequence<String>) {
        state.withLock { state in
            for key in keys {
                guard var entry = state.failures[key] else { continue }
                entry.holders -= 1
                state.failures[key] = entry.holders > 0 ? entry : nil
                if entry.holders == 0 { state.keys[entry.failure] = nil }
            }
        }
    }

    /// How many are known now.
    var count: Int { state.withLock { $0.failures.count } }
}
