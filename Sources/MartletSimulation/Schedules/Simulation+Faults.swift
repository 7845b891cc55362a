extension Simulation {
    mutating func begin(_ fault: Scenario.Fault, _ index: Int) {
        let worker = fault.worker
        say("\(fault.kind), worker \(worker), for \(fault.lasts) ms")
        switch fault.kind {
        case .kill: if workers[worker].isAlive { die(worker) }
        case .stop:
            workers[worker].stoppedUntil = max(workers[worker].stoppedUntil, now + fault.lasts)
            for job in jobsHeld(by: worker) where fault.lasts > 10_000 { abandon(job) }
        case .cut: workers[worker].cutUntil = max(workers[worker].cutUntil, now + fault.lasts)
        case .outage: goAway(fault.lasts)
        case .shutdown: shutDown(worker)
        case .terminate: endConnections { $0.owner == worker }
        }
        queue.push(.faultEnds(index), at: now + fault.lasts)
    }

    mutating func end(_ fault: Scenario.Fault) {
        switch fault.kind {
        case .kill, .shutdown: restart(fault.worker)
        case .outage:
            guard !isAway else { return }
            say("the database is back")
            for job in db.jobs.indices { abandon(job) }
        case .stop, .cut, .terminate: break
        }
    }

    private func jobsHeld(by worker: Int) -> [Int] {
        db.jobs.indices.filter { job in
            db.jobs[job].machine.state == .running
                && workers[worker].attempts.contains { $0.work.claim == db.jobs[job].truth.claim }
        }
    }

    /// The process ends, with all that it knows. Its connections are closed, or the server notices later.
    mutating func die(_ worker: Int) {
        let held = jobsHeld(by: worker)
        workers[worker].isAlive = false
        workers[worker].attempts = []
        workers[worker].links = []
        workers[worker].stoppedUntil = 0
        let lasts = random.chance(permille: 200) && scenario.profile == .chaos ? random.of(0...12_000) : 0
        for tx in db.open where tx.owner == worker {
            queue.push(.connectionClosed(transaction: tx.id), at: now + lasts)
        }
        for job in held { abandon(job) }
    }

    private mutating func restart(_ worker: Int) {
        if workers[worker].isAlive {
            guard workers[worker].isShuttingDown else { return }
            // Its grace is long over.
            die(worker)
        }
        workers[worker].incarnation += 1
        workers[worker].isAlive = true
        workers[worker].isShuttingDown = false
        workers[worker].isClaiming = false
        workers[worker].isTicking = false
        workers[worker].isRenewing = false
        workers[worker].claimFailures = 0
        workers[worker].lookFailures = 0
        boot(worker)
    }

    private mutating func shutDown(_ worker: Int) {
        guard workers[worker].isAlive, !workers[worker].isShuttingDown else { return }
        workers[worker].isShuttingDown = true
        let local = workers[worker].clock.local(now)
        for index in workers[worker].attempts.indices { workers[worker].attempts[index].end(.shutdown, at: local) }
        if workers[worker].attempts.isEmpty { die(worker) }
    }

    /// All connections are lost; what is committed stays.
    private mutating func goAway(_ lasts: Int64) {
        awayUntil = max(awayUntil, now + lasts)
        outages += 1
        let open = db.open
        db.open = []
        for tx in open where tx.owner >= 0 && tx.waits != nil {
            queue.push(
                .statementAnswered(workers[tx.owner].process, transaction: tx.id, .failed(.connection)), at: now + 1)
        }
    }
}
