import Glibc
import MartletEngine
import Synchronization

/// Times of an import's batches, from the report of one to the report of the next, and the commits between them.
final class BatchLog: Sendable {
    private struct State {
        var since: (seconds: Double, findings: Int, commits: Int)?
        var before: (seconds: Double, findings: Int, commits: Int) = (0, 0, 0)
        var seconds: [Double] = []
        var commits: [Int] = []
    }

    private let state = Mutex(State())
    private let size: Int
    private let meter: MeteredDatabase.Meter

    /// - Parameter size: The findings of a batch. Smaller portions are added up until they are as many; the small
    ///   batches at an import's beginning are left out.
    init(size: Int, meter: MeteredDatabase.Meter) {
        self.size = size
        self.meter = meter
    }

    func note(_ progress: ImportProgress) {
        guard !progress.publishing else { return }
        let now = (seconds: Stopwatch.now(), findings: progress.findings, commits: meter.commits)
        state.withLock { state in
            defer { state.before = now }
            guard var since = state.since else {
                state.since = now
                return
            }
            if since.findings < state.before.findings, (now.findings - since.findings) * 10 > size * 11 {
                since = state.before
            }
            if (now.findings - since.findings) * 20 >= size * 19 {
                state.seconds.append(now.seconds - since.seconds)
                state.commits.append(now.commits - since.commits)
                since = now
            }
            state.since = since
        }
    }

    /// Adds nothing when the import was smaller than a batch.
    func add(to figures: inout Figures) {
        state.withLock { state in
            guard !state.seconds.isEmpty else { return }
            figures["batches"] = Double(state.seconds.count)
            figures["largest_batch_seconds"] = state.seconds.max() ?? 0
            figures["median_batch_seconds"] = state.seconds.sorted()[state.seconds.count / 2]
            // A renewal of the lease falls into some of them.
            figures["commits_a_batch"] = Double(state.commits.sorted()[state.commits.count / 2])
        }
    }
}
