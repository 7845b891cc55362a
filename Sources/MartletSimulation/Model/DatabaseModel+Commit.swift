import MartletCore

extension DatabaseModel {
    /// Writes everything that a transaction has prepared, at one moment, and checks what may never happen.
    mutating func commit(_ tx: Transaction, _ now: Int64) {
        let oldSubject = subjects[tx.subject]
        let oldJob = tx.kind == .mute ? nil : jobs[tx.job]
        switch tx.kind {
        case .begin:
            if !rules.has(.noUndo) { undo(tx.subject) }
            subjects[tx.subject].generation += 1
        case .batch(let number): write(tx, number)
        case .progress(let permille): setProgress(tx, permille)
        case .publish:
            if !rules.has(.closingsBeforePublish) { close(tx) }
            subjects[tx.subject].published = tx.generation
            subjects[tx.subject].evaluatedMutes = tx.mutes
        case .closings: close(tx)
        case .end: undo(tx.subject)
        case .mute:
            // The tenant's mutes are rows of their own: two changes never overwrite each other.
            subjects[tx.subject].mutes += 1
            subjects[tx.subject].evaluatedMutes = tx.mutes
        case .rescue, .cancel, .retry, .complete: break
        }
        if tx.expiry > 0, subjects[tx.subject].lease?.token == tx.token {
            subjects[tx.subject].lease?.expiresAt = tx.expiry
        }
        if let next = tx.next { carryOut(next, tx) }
        audit(tx, oldJob, oldSubject)
        // The past is read by nobody here.
        let published = subjects[tx.subject].published
        subjects[tx.subject].findings.removeAll { $0.closedIn != 0 && $0.closedIn <= published }
    }

    private mutating func undo(_ subject: Int) {
        let published = subjects[subject].published
        subjects[subject].findings.removeAll { $0.openedIn > published && $0.closedIn == 0 }
    }

    /// Batch 0 has the even keys, batch 1 the odd ones. What is published as it is said is not written again.
    private mutating func write(_ tx: Transaction, _ number: Int) {
        let job = jobs[tx.job]
        let row = subjects[tx.subject]
        for key in UInt8(0)..<4 where Int(key) & 1 == number && job.keys & (1 << key) != 0 {
            let isKnown = row.findings.contains {
                $0.key == key && $0.value == job.value && $0.openedIn <= row.published && $0.closedIn == 0
            }
            if isKnown { continue }
            subjects[tx.subject].findings.append(
                FindingRow(key: key, value: job.value, openedIn: tx.generation, claim: tx.claim))
        }
    }

    private mutating func close(_ tx: Transaction) {
        let job = jobs[tx.job]
        let published = subjects[tx.subject].published
        for index in subjects[tx.subject].findings.indices {
            let finding = subjects[tx.subject].findings[index]
            let isGone = job.keys & (1 << finding.key) == 0 || finding.value != job.value
            if finding.openedIn <= published, finding.closedIn == 0, isGone {
                subjects[tx.subject].findings[index].closedIn = tx.generation
            }
        }
    }

    private mutating func setProgress(_ tx: Transaction, _ permille: Int) {
        guard jobs[tx.job].machine.state == .running, jobs[tx.job].machine.token == tx.token else { return }
        let floor = rules.has(.progressOverwritten) ? 0 : jobs[tx.job].progress
        jobs[tx.job].progress = max(floor, permille)
    }

    private mutating func carryOut(_ next: JobTransition, _ tx: Transaction) {
        jobs[tx.job].machine = next.job
        if next.job.state == .completed { jobs[tx.job].progress = 1000 }
        for action in next.actions {
            switch action {
            case .releaseLease(let token): removeLease(tx.subject, token)
            case .retireToken(let token):
                removeLease(tx.subject, token)
                if subjects[tx.subject].fence == token {
                    subjects[tx.subject].fence = nextToken()
                    subjects[tx.subject].owner = 0
                }
            case .restartProgress: jobs[tx.job].progress = 0
            case .takeLease, .stopWorker, .wakeWorkers, .showScan: break
            }
        }
        note(next, tx)
    }

    /// Ghost: keeps count of what truly happened.
    private mutating func note(_ next: JobTransition, _ tx: Transaction) {
        switch tx.kind {
        case .end(.fail(_, _, let isTransient)):
            jobs[tx.job].truth.failures += 1
            if !isTransient { jobs[tx.job].truth.isPermanent = true }
        case .end(.timeLimit), .end(.stall): jobs[tx.job].truth.failures += 1
        case .rescue:
            jobs[tx.job].truth.losses += 1
            // Under one mutant the token stays: then nobody has it all the same.
            subjects[tx.subject].owner = 0
        case .cancel: jobs[tx.job].truth.isCancelled = true
        case .retry:
            let claim = jobs[tx.job].truth.claim
            jobs[tx.job].truth = JobRow.Truth()
            jobs[tx.job].truth.claim = claim
            jobs[tx.job].truth.isRetried = true
        default: break
        }
    }

    private mutating func removeLease(_ subject: Int, _ token: Int64) {
        if subjects[subject].lease?.token == token { subjects[subject].lease = nil }
    }
}
