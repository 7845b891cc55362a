import Synchronization

/// What is known of each host that calls go to.
final class HostStates: Sendable {
    private let states = Mutex<[String: HostState]>([:])

    /// Reads and changes a host's state.
    func with<Result: Sendable>(_ host: String, _ body: (inout HostState) -> Result) -> Result {
        states.withLock { body(&$0[host, default: HostState()]) }
    }

    /// Waits until the host may be asked. Throws when the task is cancelled.
    func waitForTurn(_ host: String) async throws(CancellationError) {
        while let until = with(host, { $0.pausedUntil }), until > .now {
            do { try await Task.sleep(until: until, clock: .continuous) } catch { throw CancellationError() }
        }
    }
}
