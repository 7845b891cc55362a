import MartletCore

extension Simulation {
    mutating func enqueue(_ index: Int) {
        if isAway { return queue.push(.enqueue(index), at: now + 500) }
        if rules.has(.answerBeforeCommit) { accepted[index] = true }
        let pause = random.of(1...20) + (random.chance(permille: scenario.weather.slowGaps) ? 1_000 : 0)
        queue.push(.enqueueCommit(index, outages: outages), at: now + pause)
    }

    mutating func enqueueCommit(_ index: Int, _ before: Int) {
        guard before == outages else {
            // The request failed; a user who was not told otherwise repeats it.
            if !accepted[index] { queue.push(.enqueue(index), at: now + 500) }
            return
        }
        let plan = scenario.jobs[index]
        let row = db.jobs.count
        db.jobs.append(
            JobRow(
                machine: JobMachine(queuedAt: now, runAt: now), tenant: plan.tenant, subject: plan.subject,
                priority: plan.priority, keys: plan.keys, value: UInt8(truncatingIfNeeded: index + 1)))
        abandoned.append(nil)
        overtaken.append(0)
        rows[index] = row
        accepted[index] = true
        say("job \(row) of account \(plan.subject) is queued")
        notify()
        if scenario.profile == .wakeUp { queue.push(.checkWakeUp(job: row), at: now + 1_150) }
    }

    mutating func request(_ index: Int) {
        let request = scenario.requests[index]
        if isAway { return queue.push(.request(index), at: now + 500) }
        let transaction: Int
        switch request.kind {
        case .mute: transaction = db.start(.mute, owner: -1, job: 0, subject: request.of)
        case .cancel, .retry:
            guard let job = rows[request.of] else {
                answered += 1
                return
            }
            let kind: TransactionKind = request.kind == .cancel ? .cancel : .retry
            transaction = db.start(kind, owner: -1, job: job, subject: db.jobs[job].subject)
        }
        queue.push(.userStep(transaction: transaction, request: index), at: now)
    }

    mutating func userStep(_ transaction: Int, _ request: Int) {
        guard let index = db.index(of: transaction) else {
            // The database went away; the user repeats it.
            return self.request(request)
        }
        let tx = db.open[index]
        let result = db.execute(transaction, at: now, clock: now)
        switch result {
        case .done: queue.push(.userStep(transaction: transaction, request: request), at: now + random.of(1...15))
        case .blocked: queue.push(.userStep(transaction: transaction, request: request), at: now + 20)
        case .committed:
            answered += 1
            committed(tx, -1)
            unblock()
        case .failed:
            answered += 1
            unblock()
        }
    }
}
