import MartletCore

extension Simulation {
    /// What production's renewal loop does in one round.
    mutating func renewTick(_ worker: Int) {
        guard !workers[worker].attempts.isEmpty else {
            workers[worker].isTicking = false
            return
        }
        let local = workers[worker].clock.local(now)
        var next = local + rules.timing.rescue
        var due: [Int] = []
        for index in workers[worker].attempts.indices {
            switch workers[worker].attempts[index].lease.step(at: local) {
            case .wait(let until): next = min(next, until)
            case .renew: due.append(index)
            case .stop: workers[worker].attempts[index].end(.lost, at: local)
            }
        }
        if !due.isEmpty, !workers[worker].isRenewing { sendRenewal(worker, due, local) }
        endOverdue(worker, local)
        queue.push(.renewTick(workers[worker].process), at: max(now + 1, workers[worker].clock.moment(of: next)))
    }

    private mutating func sendRenewal(_ worker: Int, _ due: [Int], _ local: Int64) {
        workers[worker].isRenewing = true
        let process = workers[worker].process
        for index in due { workers[worker].attempts[index].lease.sent(at: local) }
        let claims = due.map { workers[worker].attempts[$0].work.claim }
        let weather = scenario.weather
        if isLost(worker) || (!isCalm && random.chance(permille: weather.lostRenewals)) {
            unanswered(process, local, claims)
        } else {
            queue.push(.renewArrives(process, sentAt: local, claims), at: now + renewalDelay())
        }
    }

    private mutating func unanswered(
        _ process: Event.Process, _ sentAt: Int64, _ claims: [Int], after pause: Int64 = Weather.patience
    ) {
        let answers = claims.map { RenewalAnswer(claim: $0, answer: .unknown, isCancelRequested: false) }
        queue.push(.renewAnswered(process, sentAt: sentAt, answers), at: now + pause)
    }

    mutating func renewArrives(_ process: Event.Process, _ sentAt: Int64, _ claims: [Int]) {
        guard lives(process) else { return }
        let worker = process.worker
        if isAway { return unanswered(process, sentAt, claims, after: delay()) }
        var answers: [RenewalAnswer] = []
        for claim in claims {
            // Forgotten meanwhile: nobody cares for the answer.
            guard let index = workers[worker].attempt(of: claim) else { continue }
            let work = workers[worker].attempts[index].work
            let (answer, isCancelled) = db.renew(
                subject: work.subject, token: work.token, worker: worker, clock: clock(of: worker))
            answers.append(RenewalAnswer(claim: work.claim, answer: answer, isCancelRequested: isCancelled))
        }
        if isLost(worker) { return unanswered(process, sentAt, claims) }
        queue.push(.renewAnswered(process, sentAt: sentAt, answers), at: now + renewalDelay())
    }

    private mutating func renewalDelay() -> Int64 {
        let isSlow = !isCalm && random.chance(permille: scenario.weather.slowRenewals)
        return isSlow ? random.of(scenario.weather.slowDelay) : delay()
    }

    mutating func renewAnswered(_ worker: Int, _ sentAt: Int64, _ answers: [RenewalAnswer]) {
        workers[worker].isRenewing = false
        let local = workers[worker].clock.local(now)
        for answer in answers {
            guard let index = workers[worker].attempt(of: answer.claim) else { continue }
            revive(worker, index, answer, local)
            let from = rules.has(.deadlineFromAnswer) ? local : sentAt
            workers[worker].attempts[index].lease.answered(answer.answer, sentAt: sentAt, at: local)
            if from != sentAt, answer.answer == .renewed {
                workers[worker].attempts[index].lease.answered(.renewed, sentAt: from, at: local)
            }
            if workers[worker].attempts[index].lease.isLost {
                workers[worker].attempts[index].end(.lost, at: local)
            }
            if answer.isCancelRequested, !rules.has(.cancelUnwatched) {
                workers[worker].attempts[index].end(.cancelled, at: local)
            }
        }
    }

    /// One mutant believes in a lease again that had been over.
    private mutating func revive(_ worker: Int, _ index: Int, _ answer: RenewalAnswer, _ local: Int64) {
        guard rules.has(.renewalAfterExpiry), answer.answer == .renewed else { return }
        workers[worker].attempts[index].lease = LeaseMachine(claimSentAt: local, timing: rules.timing)
        if workers[worker].attempts[index].stop?.reason == .lost { workers[worker].attempts[index].stop = nil }
    }

    /// Work that was told to end and does not is ended without it.
    private mutating func endOverdue(_ worker: Int, _ local: Int64) {
        for attempt in workers[worker].attempts {
            guard let stop = attempt.stop, !attempt.isEnding else { continue }
            guard stop.reason == .lost || local - stop.at >= 1_200 else { continue }
            finish(worker, attempt.work.claim, stop.reason)
        }
    }

    // MARK: Lost jobs

    mutating func lookTick(_ worker: Int) {
        let process = workers[worker].process
        if isLost(worker) {
            lookFailed(worker, after: Weather.patience)
        } else {
            queue.push(.lookArrives(process), at: now + delay())
        }
    }

    private mutating func lookFailed(_ worker: Int, after pause: Int64) {
        workers[worker].lookFailures += 1
        let more = min(rules.timing.rescue * (1 + workers[worker].lookFailures), 2_000)
        queue.push(.lookTick(workers[worker].process), at: after(pause + more, worker))
    }

    /// The look, the end of what is left under a lease that is over, and the beginning of rescues.
    mutating func lookArrives(_ process: Event.Process) {
        guard lives(process) else { return }
        let worker = process.worker
        if isAway { return lookFailed(worker, after: delay()) }
        workers[worker].lookFailures = 0
        var cancels: [Int] = []
        for index in db.jobs.indices where db.jobs[index].machine.state == .running {
            let job = db.jobs[index]
            if job.machine.cancelRequestedAt != nil { cancels.append(job.truth.claim) }
            let isOwn = workers[worker].attempts.contains { $0.work.claim == job.truth.claim }
            if !isOwn { suspect(index, worker) }
        }
        if !cancels.isEmpty, !rules.has(.cancelUnwatched) {
            queue.push(.cancelsSeen(process, cancels), at: now + delay())
        }
        queue.push(.lookTick(process), at: after(rules.timing.rescue, worker))
    }

    private mutating func suspect(_ job: Int, _ worker: Int) {
        let row = db.jobs[job]
        let clock = clock(of: worker)
        let token = row.machine.token
        let isRescuing = workers[worker].links.contains { $0.role == .rescue && $0.claim == row.truth.claim }
        if isRescuing { return }
        var isDead = false
        if let lease = db.subjects[row.subject].lease, lease.token == token {
            let holder = workers[lease.worker]
            let hasEnded = !holder.isAlive || holder.incarnation != lease.incarnation
            let isSeen = holder.host == workers[worker].host
            isDead = lease.expiresAt > clock && isSeen && hasEnded
            if lease.expiresAt > clock, !isDead { return }
            let isLate = isDead || clock - lease.expiresAt >= 1_000
            if isLate, !rules.has(.rescueNeverEndsTransactions), db.hasWork(under: token) {
                say("worker \(worker) ends the connections of token \(token)")
                endConnections { $0.isAnnounced && $0.token == token }
            }
            if db.hasWork(under: token) { return }
        }
        open(
            .rescue(isDead: isDead), .rescue, worker, job: job, subject: row.subject, token: token,
            claim: row.truth.claim)
    }

    mutating func cancelsSeen(_ worker: Int, _ claims: [Int]) {
        let local = workers[worker].clock.local(now)
        for claim in claims {
            if let index = workers[worker].attempt(of: claim) {
                workers[worker].attempts[index].end(.cancelled, at: local)
            }
        }
    }
}
