extension Simulation {
    /// Milliseconds that a message takes.
    mutating func delay() -> Int64 {
        random.chance(permille: isCalm ? 0 : scenario.weather.slowDelays)
            ? random.of(scenario.weather.slowDelay) : random.of(scenario.weather.delay)
    }

    /// Faults have stopped: messages are neither lost nor slow from here on.
    var isCalm: Bool { now > scenario.faultsEnd && now > 15_000 }

    /// Whether a message between a worker and the database is lost now.
    mutating func isLost(_ worker: Int) -> Bool {
        if workers[worker].cutUntil > now { return true }
        return !isCalm && random.chance(permille: scenario.weather.losses)
    }

    /// The pause before the next statement.
    mutating func gap() -> Int64 {
        !isCalm && random.chance(permille: scenario.weather.slowGaps)
            ? random.of(scenario.weather.slowGap) : random.of(scenario.weather.gap)
    }

    // MARK: Statements

    /// Opens a transaction of a worker and sends its first statement.
    mutating func open(
        _ kind: TransactionKind, _ role: WorkerProcess.Link.Role, _ worker: Int, job: Int, subject: Int, token: Int64,
        claim: Int, generation: Int = 0
    ) {
        let id = db.start(
            kind, owner: worker, job: job, subject: subject, token: token, claim: claim, generation: generation)
        workers[worker].links.append(WorkerProcess.Link(transaction: id, role: role, claim: claim, kind: kind))
        send(id, from: worker)
    }

    mutating func send(_ transaction: Int, from worker: Int) {
        let process = workers[worker].process
        if isLost(worker) {
            lose(transaction, process)
        } else {
            queue.push(.statementArrives(process, transaction: transaction), at: now + delay())
        }
    }

    /// The worker takes the connection for dead after a while; the server may know at once, or much later.
    private mutating func lose(_ transaction: Int, _ process: Event.Process) {
        queue.push(
            .statementAnswered(process, transaction: transaction, .failed(.connection)), at: now + Weather.patience)
        queue.push(.connectionClosed(transaction: transaction), at: now + random.of(0...15_000))
    }

    mutating func statementArrives(_ process: Event.Process, _ transaction: Int) {
        // The connection of a process that has ended is closed, or will be.
        guard lives(process) else { return }
        execute(transaction, process)
    }

    private mutating func execute(_ transaction: Int, _ process: Event.Process) {
        let worker = process.worker
        if isAway {
            db.abort(transaction)
            return answer(.failed(.connection), transaction, process)
        }
        let kind = db.index(of: transaction).map { db.open[$0] }
        let result = db.execute(transaction, at: now, clock: clock(of: worker))
        if let index = workers[worker].links.firstIndex(where: { $0.transaction == transaction }),
            workers[worker].links[index].kind == .begin, let tx = db.index(of: transaction)
        {
            workers[worker].links[index].generation = db.open[tx].generation
        }
        if case .committed = result, let kind { committed(kind, worker) }
        if case .blocked = result {
            if db.isInCircle(transaction) { queue.push(.deadlockCheck(transaction: transaction), at: now + 1_000) }
            return
        }
        answer(result, transaction, process)
        if result != .done { unblock() }
    }

    private mutating func answer(_ result: StatementResult, _ transaction: Int, _ process: Event.Process) {
        guard lives(process) else { return }
        if isLost(process.worker) {
            lose(transaction, process)
        } else {
            queue.push(.statementAnswered(process, transaction: transaction, result), at: now + delay())
        }
    }

    /// A transaction has ended: those that wait for a lock try again, in their order.
    mutating func unblock() {
        let waiting = db.open.filter { $0.waits != nil }
        for tx in waiting {
            guard let index = db.index(of: tx.id), db.open[index].waits != nil else { continue }
            if tx.owner >= 0 {
                let process = workers[tx.owner].process
                if workers[tx.owner].links.contains(where: { $0.transaction == tx.id }) { execute(tx.id, process) }
            }
        }
    }

    /// The server ends connections; who waits for an answer learns it at once.
    mutating func endConnections(where isEnded: (Transaction) -> Bool) {
        for tx in db.open where isEnded(tx) {
            db.abort(tx.id)
            if tx.waits != nil, tx.owner >= 0 {
                answer(.failed(.connection), tx.id, workers[tx.owner].process)
            }
        }
        unblock()
    }

    /// The server has noticed that nobody is there any more.
    mutating func close(_ transaction: Int) {
        guard db.index(of: transaction) != nil else { return }
        db.abort(transaction)
        unblock()
    }

    mutating func breakCircle(_ transaction: Int) {
        guard let index = db.index(of: transaction), db.isInCircle(transaction) else { return }
        let tx = db.open[index]
        let others = db.open.filter { $0.id != transaction }.map { "\($0.kind) of claim \($0.claim)" }
        db.violate(
            .noDeadlock, "\(tx.kind) of claim \(tx.claim) waits in a circle beside \(others.joined(separator: ", "))")
    }
}
