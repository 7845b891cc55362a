import MartletStore
import Synchronization

/// What a worker has counted and not yet written down.
public final class WorkCounters: Sendable {
    private let state = Mutex<[WorkMetric: Int64]>([:])

    /// Those of the worker in whose name the task works; nil outside of workers, where nothing is counted.
    @TaskLocal public static var current: WorkCounters?

    /// Nothing counted yet.
    public init() {}

    /// Counts.
    public func add(_ metric: WorkMetric, _ count: Int64 = 1) {
        guard count != 0 else { return }
        state.withLock { $0[metric, default: 0] += count }
    }

    /// What one published scan did.
    func add(_ counts: ScanCounts) {
        add(.duplicates, counts.duplicates)
        add(.new, counts.new)
        add(.changed, counts.changed)
        add(.updated, counts.updated)
        add(.unchanged, counts.unchanged)
        add(.returned, counts.returned)
        add(.gone, counts.gone)
        add(.published)
    }

    /// Takes all counts out.
    func take() -> [WorkMetric: Int64] {
        state.withLock { state in
            defer { state = [:] }
            return state
        }
    }

    /// Puts counts back that could not be written down.
    func putBack(_ counts: [WorkMetric: Int64]) {
        state.withLock { $0.merge(counts, uniquingKeysWith: +) }
    }
}
