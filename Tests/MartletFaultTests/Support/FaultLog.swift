import Synchronization

/// What happened during a run, for the line that it ends with.
final class FaultLog: Sendable {
    private struct State {
        var numbers: [String: Int] = [:]
        var errors: [String: Int] = [:]
    }

    private let state = Mutex(State())

    func count(_ name: String, _ number: Int = 1) { state.withLock { $0.numbers[name, default: 0] += number } }

    func number(_ name: String) -> Int { state.withLock { $0.numbers[name] ?? 0 } }

    /// Errors that faults may cause, by their first words.
    func note(_ error: String) {
        state.withLock { $0.errors[String(error.prefix(90)), default: 0] += 1 }
    }

    var text: String {
        state.withLock { state in
            let numbers = state.numbers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            let errors = state.errors.sorted { $0.key < $1.key }.map { "\n  \($0.value) × \($0.key)" }
            return numbers.joined(separator: ", ") + errors.joined()
        }
    }
}
