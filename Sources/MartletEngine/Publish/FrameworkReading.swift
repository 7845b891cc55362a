import MartletStore
import Synchronization

/// Reads the frameworks beside a source, once it is known that publish will need them: an import in which nothing changes
/// does without.
final class FrameworkReading: Sendable {
    private let store: Store
    private let task = Mutex<Task<FrameworkCatalog, any Error>?>(nil)

    init(_ store: Store) { self.store = store }

    deinit { task.withLock { $0?.cancel() } }

    /// Begins to read, at the first call.
    func begin() {
        task.withLock { task in
            let store = store
            if task == nil { task = Task { try await FrameworkCatalog.load(store) } }
        }
    }

    /// What was read; where nobody has begun, a catalog that reads what it is asked for.
    func catalog() async throws -> FrameworkCatalog {
        guard let task = task.withLock({ $0 }) else { return FrameworkCatalog() }
        return try await task.value
    }
}
