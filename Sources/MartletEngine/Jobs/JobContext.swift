import MartletCore
import MartletStore
import Synchronization

/// What a runner gets for one attempt at a job.
public final class JobContext: Sendable {
    /// The job and the lease on its subject.
    public let job: ClaimedJob
    /// The store of the job's tenant.
    public let store: Store
    /// How long the lease lives after a proof, in milliseconds.
    public let lifetime: Int64
    /// How long the attempt may take, in milliseconds.
    public let total: Int64
    private let state: Mutex<State>

    private struct State {
        var gauge: ProgressGauge
        var activeAt: Int64
        var pending: ProgressGauge.Reading?
        var isWriting = false
    }

    init(job: ClaimedJob, store: Store, lifetime: Int64, total: Int64 = JobLimits().total) {
        self.job = job
        self.store = store
        self.lifetime = lifetime
        self.total = total
        let now = MonotonicTime.now()
        state = Mutex(State(gauge: ProgressGauge(reached: job.progress, at: now), activeAt: now))
    }

    /// Says at the beginning of a transaction that it works under the lease.
    public func announce(_ connection: any Connection) throws { try Leases.announce(job.lease, connection) }

    /// Proves the lease at the end of a transaction; throws `lease_lost`, which rolls it back.
    public func prove(_ connection: any Connection) throws {
        try Leases.prove(job.lease, lifetime: lifetime, connection)
    }

    /// Completes the job within a transaction that makes its result visible; the runner then ends with
    /// ``JobOutcome/completed``. Throws `cancelled` when a user wants the job to end, and `lease_lost`.
    public func complete(_ connection: any Connection) throws {
        try Jobs.apply(.complete(token: job.lease.token), to: job.job, connection)
    }

    /// Tells how far the attempt has come, in thousandths, and what it does. It returns at once; what is worth it is written
    /// by and by, in transactions of its own.
    public func report(_ permille: Int, _ text: String) {
        let now = MonotonicTime.now()
        let begins = state.withLock { state -> Bool in
            state.activeAt = now
            guard let reading = state.gauge.report(permille, text: text, at: now) else { return false }
            state.pending = reading
            if state.isWriting { return false }
            state.isWriting = true
            return true
        }
        // One writer at a time; a reading that comes meanwhile replaces the one before.
        if begins { Task { await writePending() } }
    }

    /// Something was done that has no share of the whole: the job has not stalled.
    public func touch() {
        let now = MonotonicTime.now()
        state.withLock { $0.activeAt = now }
    }

    /// When the attempt last did something, in milliseconds of the monotonic clock.
    var activeAt: Int64 { state.withLock { $0.activeAt } }

    private func writePending() async {
        while true {
            let reading = state.withLock { state -> ProgressGauge.Reading? in
                let reading = state.pending
                state.pending = nil
                if reading == nil { state.isWriting = false }
                return reading
            }
            guard let reading else { return }
            let (job, lifetime) = (job, lifetime)
            // Progress is told for people; what is really wrong shows in the work itself.
            try? await store.database.write { connection in
                try Leases.announce(job.lease, connection)
                try Jobs.setProgress(reading, of: job, lifetime: lifetime, connection)
            }
        }
    }
}
