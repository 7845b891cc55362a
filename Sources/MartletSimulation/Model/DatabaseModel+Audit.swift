import MartletCore

extension DatabaseModel {
    /// Compares what a commit left with what was before. The checks read ghosts and rows, never the decisions.
    mutating func audit(_ tx: Transaction, _ oldJob: JobRow?, _ oldSubject: SubjectRow) {
        if tx.kind.isWork, oldSubject.owner != tx.claim {
            violate(
                .retiredTokenCommitsNothing, "\(tx.kind) of claim \(tx.claim), the subject is \(oldSubject.owner)'s")
        }
        if tx.kind == .publish { auditPublish(tx, oldSubject) }
        let row = subjects[tx.subject]
        if row.findings.contains(where: { $0.closedIn > row.published }) {
            violate(.closingsOnlyWithPublish, "a row of account \(tx.subject) is closed in a generation to come")
        }
        if row.published > 0, row.evaluatedMutes != row.mutes {
            violate(.muteNotLost, "account \(tx.subject) has \(row.mutes) mutes, its posture \(row.evaluatedMutes)")
        }
        if let oldJob { auditJob(tx, oldJob, jobs[tx.job]) }
        auditLease(tx.subject)
    }

    mutating func auditLease(_ subject: Int) {
        var running = 0
        var isLeased = false
        let token = subjects[subject].lease?.token
        for job in jobs where job.subject == subject && job.machine.state == .running {
            running += 1
            if job.machine.token == token { isLeased = true }
        }
        if running > 1 { violate(.oneRunningPerSubject, "\(running) jobs of account \(subject) run") }
        if let token, !isLeased {
            violate(.leaseOnlyWhileRunning, "account \(subject) is leased under \(token), which no job runs under")
        }
    }

    private mutating func auditPublish(_ tx: Transaction, _ old: SubjectRow) {
        let visible = subjects[tx.subject].visible
        let job = jobs[tx.job]
        if let stray = visible.first(where: { $0.openedIn > old.published && $0.claim != tx.claim }) {
            violate(.oneAttemptPerPublish, "claim \(tx.claim) publishes rows of claim \(stray.claim)")
        }
        for key in UInt8(0)..<4 {
            let rows = visible.filter { $0.key == key }
            if rows.count > 1 { violate(.findingsNotDoubled, "key \(key) of account \(tx.subject) holds twice") }
            let isSaid = job.keys & (1 << key) != 0
            if isSaid != !rows.isEmpty || rows.contains(where: { $0.value != job.value }) {
                violate(.publishedIsWhole, "key \(key) of account \(tx.subject) is not as job \(tx.job) says")
            }
        }
        if job.truth.isCancelled { violate(.cancelledPublishesNothing, "job \(tx.job) was cancelled, and published") }
        if tx.next?.job.state != .completed {
            violate(.publishCompletesTheJob, "job \(tx.job) published and is not completed")
        }
    }

    private mutating func auditJob(_ tx: Transaction, _ old: JobRow, _ new: JobRow) {
        let (was, now) = (old.machine.state, new.machine.state)
        if was == .completed, now != .completed {
            violate(.completedIsFinal, "job \(tx.job) was completed and is \(now.rawValue)")
        }
        if was != now, !Self.isLegal(was, now, isRetry: tx.kind == .retry) {
            violate(.legalTransitions, "job \(tx.job) went from \(was.rawValue) to \(now.rawValue)")
        }
        if new.progress < old.progress, tx.kind != .retry {
            violate(.progressNeverFalls, "job \(tx.job) fell from \(old.progress) to \(new.progress)")
        }
        let (truth, limits) = (new.truth, rules.limits)
        let isSpent = truth.failures >= limits.maximumAttempts || truth.losses >= limits.maximumLosses
        if was == .running, now == .queued, isSpent || truth.isPermanent {
            violate(.boundedTries, "job \(tx.job): \(truth.failures) failures, \(truth.losses) losses, tried again")
        }
        if was == .running, now == .failed, !isSpent, !truth.isPermanent {
            violate(.noEarlyFailure, "job \(tx.job) failed after \(truth.failures) failures, \(truth.losses) losses")
        }
    }

    private static func isLegal(_ old: JobState, _ new: JobState, isRetry: Bool) -> Bool {
        switch (old, new) {
        case (.queued, .running), (.queued, .cancelled), (.running, .queued): !isRetry
        case (.running, .completed), (.running, .failed), (.running, .cancelled): !isRetry
        case (.failed, .queued), (.cancelled, .queued): isRetry
        default: false
        }
    }
}
