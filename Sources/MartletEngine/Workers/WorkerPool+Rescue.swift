import MartletCore
import MartletStore

extension WorkerPool {
    /// Looks for jobs whose holders are gone, and for cancels of jobs of this pool.
    func lookLoop() async {
        var failures: Int64 = 0
        while !Task.isCancelled {
            do {
                try await look()
                failures = 0
            } catch {
                failures += 1
                if !Task.isCancelled { log(nil, "the look for lost jobs failed: \(error)") }
            }
            let pause = min(settings.timing.rescue * (1 + failures), max(settings.timing.rescue, 2_000))
            try? await Task.sleep(for: .milliseconds(pause))
        }
    }

    private func look() async throws {
        let host = worker.host
        let (cancels, suspects) = try await control.read { connection in
            (try Jobs.cancelRequests(connection), try Jobs.suspects(seenFrom: host, connection))
        }
        let now = MonotonicTime.now()
        for token in cancels { running[token]?.end(.cancelled, at: now) }
        for lost in suspects where running[lost.token] == nil {
            if let lease = lost.lease, lease.isHeld(seenFrom: host, at: lost.now.milliseconds) { continue }
            do {
                try await rescue(lost)
            } catch {
                log(lost.job.id, "the job of a lost worker could not be taken over yet: \(error)")
            }
        }
    }

    private func rescue(_ lost: LostJob) async throws {
        // A stopped process may be in the middle of a transaction, with locks that no time limit of the server ends.
        if let lease = lost.lease {
            guard try await Rescue(store: controlStore, worker: worker).isOver(lease) else { return }
        }
        // Over before it expires: its process has ended. An expired one may have been renewed since the look.
        let isDead = lost.lease.map { $0.expiresAt > lost.now } ?? false
        let limits = settings.limits
        let done = try await control.write { try Jobs.rescue(lost, isDead: isDead, limits: limits, $0) }
        guard done else { return }
        log(lost.job.id, "taken from \(lost.lease?.holder.name ?? "a worker without a lease")")
        await wakeUp.signal()
    }
}
