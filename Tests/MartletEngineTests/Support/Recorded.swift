import Synchronization

/// A value that one task sets and another reads later.
final class Recorded<Element: Sendable>: Sendable {
    private let stored = Mutex<Element?>(nil)

    var value: Element? { stored.withLock { $0 } }

    /// The value, once it is there; nil when it does not come.
    func eventually() async -> Element? {
        for _ in 0..<6_000 {
            if let value { return value }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    func set(_ element: Element) { stored.withLock { $0 = element } }
}
