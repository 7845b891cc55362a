import MartletCore

extension SmallWorld {
    /// Does a step. False when nothing changes, because it waits for a lock or finds nothing to do.
    mutating func take(_ action: SmallAction) -> Bool {
        switch action {
        case .claim(let worker): return claim(worker)
        case .step(let worker): return step(worker, isAnswered: true)
        case .unanswered(let worker): return step(worker, isAnswered: false)
        case .fail(let worker):
            let failure = JobFailure(code: "io", message: "The source could not be read.")
            return end(worker) { .fail(token: $0, failure, isTransient: true) }
        case .handBack(let worker):
            handBacks -= 1
            return end(worker) { .handBack(token: $0) }
        case .seeCancel(let worker): return end(worker) { .stopped(token: $0) }
        case .crash(let worker):
            db.abort(workers[worker].transaction)
            workers[worker] = SmallWorker()
            return true
        case .expire(let subject):
            db.subjects[subject].lease?.expiresAt = Self.over
            return true
        case .terminate(let subject):
            guard let token = db.subjects[subject].lease?.token else { return false }
            for tx in db.open where tx.isAnnounced && tx.token == token { db.abort(tx.id) }
            return true
        case .rescue(let job):
            let row = db.jobs[job]
            rescue = db.start(
                .rescue(isDead: false), owner: 2, job: job, subject: row.subject, token: row.machine.token)
            return aside(\.rescue)
        case .rescueStep: return aside(\.rescue)
        case .cancel(let job): return cancel(job)
        case .mute(let subject):
            mutes -= 1
            mute = db.start(.mute, owner: 3, job: 0, subject: subject)
            return aside(\.mute)
        case .muteStep: return aside(\.mute)
        }
    }

    private mutating func claim(_ worker: Int) -> Bool {
        let works = db.claim(worker: worker, incarnation: 1, limit: 1, at: Self.now, clock: Self.now)
        guard let work = works.first else { return false }
        workers[worker].work = work
        return true
    }

    private mutating func end(_ worker: Int, _ event: (Int64) -> JobEvent) -> Bool {
        guard let work = workers[worker].work else { return false }
        db.abort(workers[worker].transaction)
        workers[worker].isEnding = true
        workers[worker].transaction = db.start(
            .end(event(work.token)), owner: worker, job: work.job, subject: work.subject, token: work.token,
            claim: work.claim)
        return true
    }

    private mutating func step(_ worker: Int, isAnswered: Bool) -> Bool {
        guard let work = workers[worker].work else { return false }
        if workers[worker].transaction == 0 {
            workers[worker].transaction = db.start(
                nextKind(workers[worker]), owner: worker, job: work.job, subject: work.subject, token: work.token,
                claim: work.claim, generation: workers[worker].generation)
        }
        let id = workers[worker].transaction
        let tx = db.index(of: id).map { db.open[$0] }
        skipUnseen(id)
        let result = db.execute(id, at: Self.now, clock: Self.now)
        if result == .blocked { return isBlocked(id, before: tx) }
        guard isAnswered else {
            // The worker takes the connection for dead; so does the server.
            db.abort(id)
            failed(worker, .connection)
            return true
        }
        if case .failed(let failure) = result { failed(worker, failure) }
        if result == .committed, let tx { committed(worker, tx) }
        return true
    }

    /// Statements that neither read nor lock what others write: nothing can tell when they happen.
    private mutating func skipUnseen(_ id: Int) {
        while let index = db.index(of: id) {
            switch db.open[index].kind.statements(db.rules.mutant)[db.open[index].step] {
            case .write, .undo, .begin: _ = db.execute(id, at: Self.now, clock: Self.now)
            default: return
            }
        }
    }

    /// Whether waiting is a state of its own: some locks may have been taken.
    private mutating func isBlocked(_ id: Int, before: Transaction?) -> Bool {
        if db.isInCircle(id) { db.violate(.noDeadlock, "transactions wait for each other") }
        guard let index = db.index(of: id) else { return true }
        return db.open[index] != before
    }

    private func nextKind(_ worker: SmallWorker) -> TransactionKind {
        if worker.generation == 0 { return .begin }
        if !worker.hasWritten { return .batch(0) }
        if db.rules.has(.closingsBeforePublish), !worker.hasClosed { return .closings }
        return worker.hasPublished ? .complete : .publish
    }

    private mutating func committed(_ worker: Int, _ tx: Transaction) {
        workers[worker].transaction = 0
        switch tx.kind {
        case .begin: workers[worker].generation = tx.generation
        case .batch: workers[worker].hasWritten = true
        case .closings: workers[worker].hasClosed = true
        case .publish where db.rules.has(.completeAfterPublish): workers[worker].hasPublished = true
        default: workers[worker] = SmallWorker()
        }
    }

    private mutating func failed(_ worker: Int, _ failure: StatementFailure) {
        workers[worker].transaction = 0
        switch failure {
        case .leaseLost, .refused, .skipped: workers[worker] = SmallWorker()
        case .cancelled: _ = end(worker) { .stopped(token: $0) }
        case .connection, .strayRows:
            // What cannot be written is left to rescue.
            if workers[worker].isEnding {
                workers[worker] = SmallWorker()
            } else {
                let failure = JobFailure(code: "database", message: "The database did not answer.")
                _ = end(worker) { .fail(token: $0, failure, isTransient: true) }
            }
        }
    }

    private mutating func aside(_ place: WritableKeyPath<SmallWorld, Int>) -> Bool {
        let id = self[keyPath: place]
        let tx = db.index(of: id).map { db.open[$0] }
        let result = db.execute(id, at: Self.now, clock: Self.now)
        switch result {
        case .done: return true
        case .blocked: return isBlocked(id, before: tx)
        case .committed, .failed:
            self[keyPath: place] = 0
            return true
        }
    }

    private mutating func cancel(_ job: Int) -> Bool {
        guard db.isFree(RowLock(kind: .job, index: job), for: 0) else { return false }
        cancels -= 1
        let id = db.start(.cancel, owner: 3, job: job, subject: db.jobs[job].subject)
        guard db.execute(id, at: Self.now, clock: Self.now) == .done else { return true }
        _ = db.execute(id, at: Self.now, clock: Self.now)
        return true
    }
}
