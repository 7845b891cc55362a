import MartletCore

extension Simulation {
    /// The runner of an attempt goes on with its next transaction.
    mutating func work(_ worker: Int, _ claim: Int) {
        guard let index = workers[worker].attempt(of: claim) else { return }
        let attempt = workers[worker].attempts[index]
        if attempt.isEnding { return }
        if let stop = attempt.stop { return finish(worker, claim, stop.reason) }
        if attempt.generation > 0, case .fail(attempt.batch, let isTransient) = attempt.plan {
            let failure = JobFailure(code: "io", message: "The source could not be read.")
            return writeEnd(worker, claim, .fail(token: attempt.work.token, failure, isTransient: isTransient))
        }
        let work = attempt.work
        open(
            nextKind(attempt), .work, worker, job: work.job, subject: work.subject, token: work.token, claim: claim,
            generation: attempt.generation)
    }

    private func nextKind(_ attempt: Attempt) -> TransactionKind {
        if attempt.generation == 0 { return .begin }
        if attempt.batch < 2 { return .batch(attempt.batch) }
        if rules.has(.closingsBeforePublish), !attempt.hasClosed { return .closings }
        return attempt.hasPublished ? .complete : .publish
    }

    // MARK: Answers

    mutating func statementAnswered(_ worker: Int, _ transaction: Int, _ result: StatementResult) {
        guard let position = workers[worker].links.firstIndex(where: { $0.transaction == transaction })
        else { return }
        let link = workers[worker].links[position]
        switch result {
        case .done: goOn(worker, link)
        case .blocked: break
        case .committed:
            workers[worker].links.remove(at: position)
            committedAnswered(worker, link)
        case .failed(let failure):
            workers[worker].links.remove(at: position)
            failed(worker, link, failure)
        }
    }

    /// The next statement; work that was told to end, or whose lease is lost, may be in the middle of it all the same.
    private mutating func goOn(_ worker: Int, _ link: WorkerProcess.Link) {
        let isUnwanted =
            link.role == .work
            && workers[worker].attempt(of: link.claim).map {
                workers[worker].attempts[$0].stop != nil
            } ?? true
        if link.role == .work, isUnwanted, random.chance(permille: 500) {
            workers[worker].links.removeAll { $0.transaction == link.transaction }
            close(link.transaction)
            return work(worker, link.claim)
        }
        queue.push(.statementSent(workers[worker].process, transaction: link.transaction), at: now + gap())
    }

    private mutating func committedAnswered(_ worker: Int, _ link: WorkerProcess.Link) {
        guard let index = workers[worker].attempt(of: link.claim) else { return }
        switch link.role {
        case .rescue: break
        case .ending: forget(worker, link.claim)
        case .progress: progressWritten(worker, index)
        case .work:
            switch link.kind {
            case .begin: workers[worker].attempts[index].generation = link.generation
            case .batch: batchWritten(worker, index)
            case .closings: workers[worker].attempts[index].hasClosed = true
            case .publish where rules.has(.completeAfterPublish): workers[worker].attempts[index].hasPublished = true
            default: return forget(worker, link.claim)
            }
            let pause = random.of(isCalm ? Weather.calm.work : scenario.weather.work)
            queue.push(.work(workers[worker].process, claim: link.claim), at: now + pause)
        }
    }

    private mutating func failed(_ worker: Int, _ link: WorkerProcess.Link, _ failure: StatementFailure) {
        guard let index = workers[worker].attempt(of: link.claim) else { return }
        let token = workers[worker].attempts[index].work.token
        switch (link.role, failure) {
        case (.rescue, _): break
        case (.progress, _): progressWritten(worker, index)
        case (.ending, .connection):
            guard !workers[worker].attempts[index].lease.isLost, case .end(let event) = link.kind
            else { return forget(worker, link.claim) }
            let pause = workers[worker].attempts[index].endPause
            workers[worker].attempts[index].endPause = min(pause * 2, 2_000)
            queue.push(.endAgain(workers[worker].process, claim: link.claim, event), at: after(pause, worker))
        case (.ending, _), (_, .leaseLost): forget(worker, link.claim)
        case (.work, _):
            if workers[worker].attempts[index].isEnding { return }
            if let stop = workers[worker].attempts[index].stop { return finish(worker, link.claim, stop.reason) }
            if failure == .cancelled { return writeEnd(worker, link.claim, .stopped(token: token)) }
            let failure = JobFailure(code: "database", message: "The database did not answer.")
            writeEnd(worker, link.claim, .fail(token: token, failure, isTransient: true))
        }
    }

    // MARK: Progress

    private mutating func batchWritten(_ worker: Int, _ index: Int) {
        workers[worker].attempts[index].batch += 1
        let permille = workers[worker].attempts[index].batch * 400
        let local = workers[worker].clock.local(now)
        guard let reading = workers[worker].attempts[index].gauge.report(permille, text: "reading", at: local)
        else { return }
        workers[worker].attempts[index].pendingProgress = reading.permille
        if !workers[worker].attempts[index].isWritingProgress { progressWritten(worker, index) }
    }

    /// One writer at a time; what came meanwhile is written next.
    private mutating func progressWritten(_ worker: Int, _ index: Int) {
        let work = workers[worker].attempts[index].work
        guard let permille = workers[worker].attempts[index].pendingProgress else {
            workers[worker].attempts[index].isWritingProgress = false
            return
        }
        workers[worker].attempts[index].pendingProgress = nil
        workers[worker].attempts[index].isWritingProgress = true
        open(
            .progress(permille), .progress, worker, job: work.job, subject: work.subject, token: work.token,
            claim: work.claim)
    }

    // MARK: Ends

    /// Ends an attempt for a reason of the worker's.
    mutating func finish(_ worker: Int, _ claim: Int, _ reason: Attempt.Stop) {
        guard let index = workers[worker].attempt(of: claim) else { return }
        let token = workers[worker].attempts[index].work.token
        switch reason {
        case .lost: forget(worker, claim)
        case .cancelled: writeEnd(worker, claim, .stopped(token: token))
        case .shutdown: writeEnd(worker, claim, .handBack(token: token))
        }
    }

    mutating func writeEnd(_ worker: Int, _ claim: Int, _ event: JobEvent) {
        guard let index = workers[worker].attempt(of: claim) else { return }
        workers[worker].attempts[index].isEnding = true
        let work = workers[worker].attempts[index].work
        open(
            .end(event), .ending, worker, job: work.job, subject: work.subject, token: work.token, claim: claim)
    }

    mutating func endAgain(_ worker: Int, _ claim: Int, _ event: JobEvent) {
        guard let index = workers[worker].attempt(of: claim) else { return }
        if workers[worker].attempts[index].lease.isLost { return forget(worker, claim) }
        writeEnd(worker, claim, event)
    }

    mutating func forget(_ worker: Int, _ claim: Int) {
        workers[worker].attempts.removeAll { $0.work.claim == claim }
        if workers[worker].isShuttingDown {
            if workers[worker].attempts.isEmpty { die(worker) }
        } else {
            claimTick(worker, -1)
        }
    }
}
