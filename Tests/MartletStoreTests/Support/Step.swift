import Dispatch

/// Lets two parts of a test wait for one another, with an end to every wait.
final class Step: Sendable {
    enum Name: Int, CaseIterable { case readOnce, committed }

    private let semaphores = Name.allCases.map { _ in DispatchSemaphore(value: 0) }

    func signal(_ name: Name) { semaphores[name.rawValue].signal() }

    @discardableResult
    func wait(for name: Name) -> Bool { semaphores[name.rawValue].wait(timeout: .now() + 120) == .success }

    /// The same for a task, which must not hold up the pool that others need to come that far.
    func waitWithoutBlocking(for name: Name) async -> Bool {
        for _ in 0..<12_000 {
            if semaphores[name.rawValue].wait(timeout: .now()) == .success { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
