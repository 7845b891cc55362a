import MartletCore

extension Simulation {
    /// Called at the moment of a commit, before anybody knows of it. `worker` is -1 for users.
    mutating func committed(_ tx: Transaction, _ worker: Int) {
        say(Self.text(of: tx, worker))
        if tx.kind.isWork { lookForBelievers(tx, worker) }
        if tx.kind == .publish { counts.publishes += 1 }
        if case .rescue = tx.kind { counts.takeovers += 1 }
        guard let next = tx.next else { return }
        if worker >= 0, let index = workers[worker].attempt(of: tx.claim) {
            switch tx.kind {
            case .publish, .end, .complete: workers[worker].attempts[index].isOver = true
            default: break
            }
        }
        if next.job.state.isFinal { abandoned[tx.job] = nil }
        for case .wakeWorkers in next.actions { notify() }
        if tx.kind == .cancel, next.job.state == .running, scenario.profile == .cancel {
            queue.push(.checkCancel(job: tx.job), at: now + 2_000)
        }
    }

    private static func text(of tx: Transaction, _ worker: Int) -> String {
        let who = worker < 0 ? "user" : "worker \(worker)"
        let state = tx.next.map { " -> \($0.job.state.rawValue)" } ?? ""
        return "\(who) commits \(tx.kind), job \(tx.job), account \(tx.subject), token \(tx.token)\(state)"
    }

    /// Whoever is awake and believes in an older lease, although another one's work commits.
    private mutating func lookForBelievers(_ tx: Transaction, _ worker: Int) {
        let allowance = rules.timing.lifetime / 50
        for other in workers where other.index != worker && other.isAlive && other.stoppedUntil <= now {
            let local = other.clock.local(now)
            for attempt in other.attempts where attempt.work.subject == tx.subject && attempt.work.claim < tx.claim {
                let believes = attempt.stop == nil && !attempt.isEnding && !attempt.isOver && !attempt.lease.isLost
                if believes, local + allowance < attempt.lease.deadline {
                    db.violate(
                        .noSecondBeliever,
                        "worker \(other.index) believes in token \(attempt.work.token) of account \(tx.subject), "
                            + "while token \(tx.token) commits")
                }
            }
        }
    }

    /// Tells workers that there is work; some never hear it.
    mutating func notify() {
        for worker in workers where worker.isAlive {
            if random.chance(permille: scenario.weather.lostNotifications) || worker.cutUntil > now { continue }
            queue.push(.claimTick(worker.process, poll: -1), at: now + delay())
        }
    }

    // MARK: Bounds in time

    mutating func checkCancel(_ job: Int) {
        if !db.jobs[job].machine.state.isFinal {
            db.violate(.cancelInTime, "job \(job) is \(db.jobs[job].machine.state.rawValue) 2 s after its cancel")
        }
    }

    mutating func checkWakeUp(_ job: Int) {
        let row = db.jobs[job]
        guard row.machine.state == .queued, row.machine.attempts == 0 else { return }
        db.violate(.wakeUpInTime, "job \(job) is queued since \(now - row.machine.queuedAt) ms, workers are idle")
    }

    /// Notes that nobody works on a job any more, and looks again later.
    mutating func abandon(_ job: Int) {
        guard scenario.profile == .takeover, !db.jobs[job].machine.state.isFinal else { return }
        abandoned[job] = now
        queue.push(.checkTakeover(job: job, since: now), at: now + 10_001)
    }

    mutating func checkTakeover(_ job: Int, _ since: Int64) {
        guard abandoned[job] == since else { return }
        abandoned[job] = nil
        let row = db.jobs[job]
        if row.machine.state == .running {
            for worker in workers where worker.isAlive && worker.stoppedUntil <= now {
                if worker.attempts.contains(where: { $0.work.claim == row.truth.claim }) { return }
            }
        }
        if row.machine.state == .queued, row.machine.runAt > since { return }
        db.violate(.takeoverInTime, "job \(job) is \(row.machine.state.rawValue), abandoned \(now - since) ms ago")
    }
}
