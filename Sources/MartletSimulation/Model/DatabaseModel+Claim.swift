import MartletCore

extension DatabaseModel {
    /// One statement: the tenant with the fewest running jobs first, then priority, then age; what others have locked is
    /// passed over.
    mutating func claim(
        worker: Int, incarnation: Int, limit: Int, at now: Int64, clock: Int64
    ) -> [ClaimedWork] {
        var picked: [ClaimedWork] = []
        while picked.count < limit {
            guard let job = nextCandidate(now, clock), let work = take(job, worker, incarnation, now, clock)
            else { break }
            picked.append(work)
        }
        return picked
    }

    private func nextCandidate(_ now: Int64, _ clock: Int64) -> Int? {
        var best: (turn: Int, priority: Int64, queuedAt: Int64, job: Int)?
        for (index, job) in jobs.enumerated() where job.machine.state == .queued && job.machine.runAt <= now {
            guard isFree(job.subject, clock), isFree(RowLock(kind: .fenceAlone, index: job.subject), for: 0),
                isFree(RowLock(kind: .job, index: index), for: 0)
            else { continue }
            let turn =
                rules.has(.noFairness) ? 0 : jobs.count { $0.tenant == job.tenant && $0.machine.state == .running }
            let key = (turn: turn, priority: -job.priority, queuedAt: job.machine.queuedAt, job: index)
            if let known = best, (known.turn, known.priority, known.queuedAt, known.job) <= key { continue }
            best = key
        }
        return best?.job
    }

    /// Nobody holds the subject, and no job of it runs.
    private func isFree(_ subject: Int, _ clock: Int64) -> Bool {
        if rules.has(.claimIgnoresLease) { return true }
        if let lease = subjects[subject].lease, lease.expiresAt > clock { return false }
        return !jobs.contains { $0.subject == subject && $0.machine.state == .running }
    }

    private mutating func take(
        _ index: Int, _ worker: Int, _ incarnation: Int, _ now: Int64, _ clock: Int64
    ) -> ClaimedWork? {
        let old = jobs[index]
        let token: Int64 =
            switch rules.mutant {
            case .attemptNumberAsToken: old.machine.attempts + 1
            case .retryReusesToken where old.truth.isRetried && old.machine.token > 0: old.machine.token
            default: nextToken()
            }
        guard let next = try? rules.transition(old.machine, on: .claim(token: token), at: now, using: &random)
        else { return nil }
        lastClaim += 1
        jobs[index].machine = next.job
        jobs[index].truth.claim = lastClaim
        jobs[index].truth.isRetried = false
        for case .takeLease(let token) in next.actions {
            subjects[old.subject].fence = token
            subjects[old.subject].owner = lastClaim
            subjects[old.subject].lease = LeaseRow(
                token: token, worker: worker, incarnation: incarnation, expiresAt: clock + rules.timing.lifetime)
        }
        if token <= old.machine.token {
            violate(.tokensIncrease, "job \(index) was claimed under \(token) after \(old.machine.token)")
        }
        let truth = old.truth
        if truth.failures >= rules.limits.maximumAttempts || truth.losses >= rules.limits.maximumLosses {
            violate(.boundedTries, "job \(index) is tried after \(truth.failures) failures, \(truth.losses) losses")
        }
        auditLease(old.subject)
        return ClaimedWork(
            job: index, subject: old.subject, token: token, claim: lastClaim, progress: old.progress)
    }

    /// One statement. A lease whose row the work's own transaction holds is passed over.
    mutating func renew(
        subject: Int, token: Int64, worker: Int, clock: Int64
    ) -> (answer: LeaseAnswer, isCancelRequested: Bool) {
        let isCancelRequested = jobs.contains {
            $0.subject == subject && $0.machine.state == .running && $0.machine.token == token
                && $0.machine.cancelRequestedAt != nil
        }
        guard let lease = subjects[subject].lease, lease.token == token, subjects[subject].fence == token else {
            return (rules.has(.renewalAfterExpiry) ? .renewed : .lost, isCancelRequested)
        }
        guard isFree(RowLock(kind: .lease, index: subject), for: 0) else { return (.unknown, isCancelRequested) }
        subjects[subject].lease?.expiresAt = clock + rules.timing.lifetime
        return (.renewed, isCancelRequested)
    }
}
