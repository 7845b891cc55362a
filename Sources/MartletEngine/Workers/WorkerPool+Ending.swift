import MartletCore
import MartletStore

extension WorkerPool {
    /// A runner has ended.
    func ended(_ job: ClaimedJob, _ result: Result<JobOutcome, any Error>) async {
        let token = job.lease.token
        guard let entry = running[token], !entry.isEnding else { return }
        if case .success(.completed) = result {
            say(entry.trace, job.job.id, "completed")
            return await forget(token, as: .completed)
        }
        var failure: String?
        if case .failure(let error) = result {
            failure = Tracing.reason(of: error)
            say(entry.trace, job.job.id, "the attempt ended: \(error)")
        }
        guard let event = Self.event(token, entry.stop?.reason, result) else {
            return await forget(token, as: nil, failure)
        }
        await write(event, job, failure)
    }

    /// Work that was told to end and doesn't is ended without it: nothing of it can commit afterwards.
    func endOverdue(at now: Int64) {
        for (token, entry) in running {
            guard let stop = entry.stop, !entry.isEnding, now - stop.at >= settings.patience || stop.reason == .lost
            else { continue }
            running[token]?.isEnding = true
            let job = entry.context.job
            // Not waited for: the caller looks after leases.
            Task {
                let failure = "\(stop.reason)"
                if let event = stop.reason.event(token: token) {
                    await write(event, job, failure)
                } else {
                    await forget(token, as: nil, failure)
                }
            }
        }
    }

    /// What is to be written; nil where another worker may have the job.
    private static func event(
        _ token: Int64, _ reason: StopReason?, _ result: Result<JobOutcome, any Error>
    ) -> JobEvent? {
        // What is done is done, whatever was asked for meanwhile: the machine refuses it where it must.
        if case .success = result, reason != .lost { return .complete(token: token) }
        if let reason { return reason.event(token: token) }
        guard case .failure(let error) = result else { return nil }
        let code = (error as? MartletError)?.code
        if code == .leaseLost { return nil }
        if code == .cancelled { return .stopped(token: token) }
        let (failure, isTransient) = JobFailure.of(error)
        return .fail(token: token, failure, isTransient: isTransient)
    }

    /// Writes an attempt's end, as long as the lease may be held; what then is still not written, rescue finds.
    private func write(_ event: JobEvent, _ job: ClaimedJob, _ failure: String?) async {
        let token = job.lease.token
        let trace = running[token]?.trace
        running[token]?.isEnding = true
        var pause: Int64 = 50
        var end: JobState?
        while true {
            do {
                let next = try await Self.write(
                    event, job, runners[job.kind], store.of(tenant: job.job.tenant), settings)
                say(trace, job.job.id, "the job is \(next.job.state.rawValue)")
                end = next.job.state
                break
            } catch let error as MartletError where error.code == .cancelled {
                return await write(.stopped(token: token), job, failure)
            } catch let error as MartletError where error.code == .leaseLost || error.code == .notFound {
                say(trace, job.job.id, "another worker has it: \(error)")
                break
            } catch let error as MartletError where error.code == .conflict {
                say(trace, job.job.id, "its end was not written: \(error)")
                break
            } catch {
                say(trace, job.job.id, "its end could not be written yet: \(error)")
                guard let entry = running[token], !entry.lease.isLost else { break }
                try? await Task.sleep(for: .milliseconds(pause))
                pause = min(pause * 2, 2_000)
            }
        }
        await forget(token, as: end, failure)
    }

    private nonisolated static func write(
        _ event: JobEvent, _ job: ClaimedJob, _ runner: (any JobRunner)?, _ store: Store, _ settings: WorkerSettings
    ) async throws -> JobTransition {
        try await store.database.write { connection in
            try Leases.announce(job.lease, connection)
            if case .complete = event {
                let next = try Jobs.apply(event, to: job.job, limits: settings.limits, connection)
                try Leases.prove(job.lease, lifetime: settings.timing.lifetime, connection)
                return next
            }
            // The row, then the fence, as all do that take both: progress and batches of the attempt may still be under
            // way, and none of them waits for what this transaction already has.
            try Jobs.lock(job.job, connection)
            try Leases.lockFence(job.lease.account, connection)
            try runner?.undo(job, connection)
            try Leases.prove(job.lease, lifetime: settings.timing.lifetime, connection)
            return try Jobs.apply(event, to: job.job, limits: settings.limits, connection)
        }
    }

    /// - Parameter state: What the attempt has made of the job; nil where another worker may have it.
    private func forget(_ token: Int64, as state: JobState?, _ failure: String? = nil) async {
        if let entry = running[token] {
            let end = WorkMetric.ended(state)
            counters.add(end)
            entry.trace.end(end.rawValue, failure: failure, recorder)
        }
        running[token] = nil
        await wakeUp.signal()
    }
}
