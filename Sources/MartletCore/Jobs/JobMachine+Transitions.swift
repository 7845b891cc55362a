extension JobMachine {
    /// What an event makes of the job.
    ///
    /// - Parameters:
    ///   - now: The database's clock.
    ///   - generator: Gives the random part of a pause.
    /// - Throws: ``JobRefusal`` when the event cannot happen in this state; nothing is to be written then.
    public func transition(
        on event: JobEvent, at now: Int64, limits: JobLimits = JobLimits(),
        using generator: inout some RandomNumberGenerator
    ) throws(JobRefusal) -> JobTransition {
        switch event {
        case .claim(let token): return try claimed(token, now)
        case .complete(let token):
            try require(token)
            guard cancelRequestedAt == nil else { throw .cancelRequested }
            var job = ended(.completed, now)
            job.failure = nil
            return JobTransition(job: job, actions: [.releaseLease(token: token)])
        case .fail(let token, let failure, let isTransient):
            try require(token)
            return failed(failure, isTransient: isTransient, now, limits, &generator)
        case .timeLimit(let token):
            try require(token)
            return failed(.timeLimit, isTransient: true, now, limits, &generator)
        case .stall(let token):
            try require(token)
            return failed(.stalled, isTransient: true, now, limits, &generator)
        case .lose(let token):
            try require(token)
            return lost(now, limits)
        case .handBack(let token):
            try require(token)
            var job = self
            job.handBacks += 1
            return job.given(now, runAt: now)
        case .stopped(let token):
            try require(token)
            guard cancelRequestedAt != nil else { throw .notCancelled }
            return given(now, runAt: now)
        case .requestCancel: return try cancelled(now)
        case .retryByUser: return try retried(now)
        }
    }

    /// A worker may speak for the job only with the token of its last claim, while it runs.
    private func require(_ token: Int64) throws(JobRefusal) {
        guard state == .running else { throw .notRunning(state) }
        guard token == self.token else { throw .staleToken(current: self.token) }
    }

    private func claimed(_ token: Int64, _ now: Int64) throws(JobRefusal) -> JobTransition {
        guard state == .queued else { throw .notQueued(state) }
        guard runAt <= now else { throw .notDue(at: runAt) }
        guard token > self.token else { throw .staleToken(current: self.token) }
        var job = self
        job.state = .running
        job.token = token
        job.attempts += 1
        job.firstClaimedAt = firstClaimedAt ?? now
        job.claimedAt = now
        return JobTransition(job: job, actions: [.takeLease(token: token), .showScan(.running)])
    }

    private func failed(
        _ failure: JobFailure, isTransient: Bool, _ now: Int64, _ limits: JobLimits,
        _ generator: inout some RandomNumberGenerator
    ) -> JobTransition {
        var job = self
        job.failure = failure
        guard isTransient, failedAttempts < limits.maximumAttempts else { return job.given(now, runAt: nil) }
        // The whole pause is random: jobs that failed together don't come back together.
        let pause = Int64.random(in: 0...limits.longestPause(after: failedAttempts), using: &generator)
        return job.given(now, runAt: now + pause)
    }

    private func lost(_ now: Int64, _ limits: JobLimits) -> JobTransition {
        var job = self
        job.losses += 1
        guard job.losses < limits.maximumLosses else {
            job.failure = .workerLost
            return job.given(now, runAt: nil)
        }
        return job.given(now, runAt: now)
    }

    /// The attempt is over: cancelled where a user wants that, queued again where there is a time for it, else failed.
    private func given(_ now: Int64, runAt: Int64?) -> JobTransition {
        let retire = JobAction.retireToken(token)
        if cancelRequestedAt != nil {
            return JobTransition(job: ended(.cancelled, now), actions: [retire, .showScan(.cancelled)])
        }
        guard let runAt else {
            return JobTransition(job: ended(.failed, now), actions: [retire, .showScan(.failed)])
        }
        var job = self
        job.state = .queued
        job.runAt = runAt
        return JobTransition(job: job, actions: [retire, .showScan(.queued), .wakeWorkers(at: runAt)])
    }

    private func ended(_ state: JobState, _ now: Int64) -> JobMachine {
        var job = self
        job.state = state
        job.finishedAt = now
        return job
    }

    private func cancelled(_ now: Int64) throws(JobRefusal) -> JobTransition {
        switch state {
        case .queued:
            var job = ended(.cancelled, now)
            job.cancelRequestedAt = now
            return JobTransition(job: job, actions: [.showScan(.cancelled)])
        case .running:
            var job = self
            job.cancelRequestedAt = cancelRequestedAt ?? now
            return JobTransition(job: job, actions: [.stopWorker(token: token)])
        // Asked twice, answered alike.
        case .cancelled: return JobTransition(job: self, actions: [])
        case .completed, .failed: throw .finished(state)
        }
    }

    private func retried(_ now: Int64) throws(JobRefusal) -> JobTransition {
        switch state {
        case .queued, .running: throw .unfinished(state)
        case .completed: throw .alreadyCompleted
        case .failed, .cancelled:
            var job = JobMachine(queuedAt: now, runAt: now)
            job.token = token
            return JobTransition(
                job: job, actions: [.restartProgress, .showScan(.queued), .wakeWorkers(at: now)])
        }
    }
}
