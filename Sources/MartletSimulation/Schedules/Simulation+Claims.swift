import MartletCore

extension Simulation {
    /// A process begins: it looks for work and for lost jobs.
    mutating func boot(_ worker: Int) {
        let process = workers[worker].process
        queue.push(.claimTick(process, poll: workers[worker].poll), at: now + random.of(1...500))
        queue.push(.lookTick(process), at: now + random.of(1...rules.timing.rescue))
    }

    /// The moment after so many milliseconds of the worker's clock.
    func after(_ local: Int64, _ worker: Int) -> Int64 {
        let clock = workers[worker].clock
        return clock.moment(of: clock.local(now) + local)
    }

    mutating func claimTick(_ worker: Int, _ poll: Int) {
        guard poll == -1 || poll == workers[worker].poll, !workers[worker].isClaiming,
            !workers[worker].isShuttingDown
        else { return }
        workers[worker].poll += 1
        let process = workers[worker].process
        guard workers[worker].attempts.count < scenario.concurrency else { return pollLater(worker) }
        workers[worker].isClaiming = true
        let sentAt = workers[worker].clock.local(now)
        if isLost(worker) {
            queue.push(.claimAnswered(process, sentAt: sentAt, nil), at: now + Weather.patience)
        } else {
            queue.push(.claimArrives(process, sentAt: sentAt), at: now + delay())
        }
    }

    private mutating func pollLater(_ worker: Int) {
        if rules.has(.noPolling) { return }
        let pause = Int64(1_000) << min(workers[worker].claimFailures, 2)
        queue.push(.claimTick(workers[worker].process, poll: workers[worker].poll), at: after(pause, worker))
    }

    mutating func claimArrives(_ process: Event.Process, _ sentAt: Int64) {
        guard lives(process) else { return }
        let worker = process.worker
        if isAway {
            return queue.push(.claimAnswered(process, sentAt: sentAt, nil), at: now + delay())
        }
        let free = scenario.concurrency - workers[worker].attempts.count
        let jobs = db.claim(
            worker: worker, incarnation: process.incarnation, limit: free, at: now, clock: clock(of: worker))
        for work in jobs { claimed(work, worker) }
        // An answer that is lost leaves jobs that nobody works on, until their leases end.
        let isLost = isLost(worker)
        queue.push(
            .claimAnswered(process, sentAt: sentAt, isLost ? nil : jobs),
            at: now + (isLost ? Weather.patience : delay()))
    }

    private mutating func claimed(_ work: ClaimedWork, _ worker: Int) {
        say("worker \(worker) claims job \(work.job) of account \(work.subject), token \(work.token)")
        counts.claims += 1
        if let since = abandoned[work.job] {
            if now - since > 10_000 {
                db.violate(.takeoverInTime, "job \(work.job) started \(now - since) ms after it was abandoned")
            }
            abandoned[work.job] = nil
        }
        guard scenario.profile == .fairness else { return }
        let tenant = db.jobs[work.job].tenant
        for (index, job) in db.jobs.enumerated() where job.machine.state == .queued && job.tenant != tenant {
            overtaken[index] += 1
            let isOnly = db.jobs.count { $0.tenant == job.tenant } == 1
            if isOnly, overtaken[index] > scenario.workers * scenario.concurrency {
                db.violate(.fairTurn, "job \(index) was overtaken \(overtaken[index]) times")
            }
        }
    }

    mutating func claimAnswered(_ worker: Int, _ sentAt: Int64, _ jobs: [ClaimedWork]?) {
        workers[worker].isClaiming = false
        guard let jobs else {
            workers[worker].claimFailures += 1
            return pollLater(worker)
        }
        workers[worker].claimFailures = 0
        let local = workers[worker].clock.local(now)
        for work in jobs { start(work, worker, sentAt, local) }
        if jobs.isEmpty {
            pollLater(worker)
        } else {
            claimTick(worker, -1)
        }
    }

    private mutating func start(_ work: ClaimedWork, _ worker: Int, _ sentAt: Int64, _ local: Int64) {
        let process = workers[worker].process
        let from = rules.has(.deadlineFromAnswer) ? local : sentAt
        let reached = rules.has(.progressOverwritten) ? 0 : work.progress
        workers[worker].attempts.append(
            Attempt(
                work: work, lease: LeaseMachine(claimSentAt: from, timing: rules.timing),
                gauge: ProgressGauge(reached: reached, at: local), plan: plan()))
        queue.push(.work(process, claim: work.claim), at: now + random.of(1...20))
        if !workers[worker].isTicking {
            workers[worker].isTicking = true
            queue.push(.renewTick(process), at: now + 1)
        }
    }

    private mutating func plan() -> Attempt.Plan {
        let weather = scenario.weather
        if random.chance(permille: weather.permanentFailures) {
            return .fail(batch: random.index(3), isTransient: false)
        }
        if random.chance(permille: weather.failures) { return .fail(batch: random.index(3), isTransient: true) }
        return .publish
    }
}
