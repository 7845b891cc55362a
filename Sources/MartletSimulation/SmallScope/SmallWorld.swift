import MartletCore

/// The smallest world in which all goes wrong: two workers and two jobs, without clocks.
struct SmallWorld {
    var db: DatabaseModel
    var workers = [SmallWorker(), SmallWorker()]
    /// Somebody's rescue, and a user's mute, that are under way; 0 for none.
    var rescue = 0
    var mute = 0
    var cancels: Int
    var mutes: Int
    var handBacks: Int

    /// The database's clock stands still; a lease that is over expired before.
    static let now: Int64 = 1_000
    static let over: Int64 = 0

    init(_ bounds: SmallBounds, mutant: Mutant?) {
        var rules = Rules(mutant: mutant)
        rules.limits.maximumAttempts = bounds.attempts
        rules.limits.maximumLosses = bounds.losses
        rules.limits.backoffBase = 0
        db = DatabaseModel(rules: rules, subjects: bounds.isOneAccount ? 1 : 2)
        for index in 0..<2 {
            db.jobs.append(
                JobRow(
                    machine: JobMachine(queuedAt: Self.now, runAt: Self.now), tenant: 0,
                    subject: bounds.isOneAccount ? 0 : index, keys: index == 0 ? 0b001 : 0b100,
                    value: UInt8(index + 1)))
        }
        cancels = bounds.cancels
        mutes = bounds.mutes
        handBacks = bounds.handBacks
    }

    /// All jobs have ended, and nobody is at work.
    var isEnd: Bool {
        db.open.isEmpty && workers.allSatisfy { $0.work == nil } && db.jobs.allSatisfy { $0.machine.state.isFinal }
    }

    /// Everything that can happen next.
    var actions: [SmallAction] {
        var all: [SmallAction] = []
        for worker in 0..<2 { add(worker, &all) }
        for subject in db.subjects.indices {
            if let lease = db.subjects[subject].lease {
                if lease.expiresAt > Self.now {
                    all.append(.expire(subject: subject))
                } else if db.hasWork(under: lease.token) {
                    all.append(.terminate(subject: subject))
                }
            }
            if mutes > 0, mute == 0 { all.append(.mute(subject: subject)) }
        }
        for (index, job) in db.jobs.enumerated() {
            if rescue == 0, isSuspect(job) { all.append(.rescue(job: index)) }
            if cancels > 0, !job.machine.state.isFinal, job.machine.cancelRequestedAt == nil {
                all.append(.cancel(job: index))
            }
        }
        if rescue != 0 { all.append(.rescueStep) }
        if mute != 0 { all.append(.muteStep) }
        return all
    }

    private func add(_ index: Int, _ all: inout [SmallAction]) {
        let worker = workers[index]
        guard let work = worker.work else {
            all.append(.claim(worker: index))
            return
        }
        all.append(.step(worker: index))
        all.append(.crash(worker: index))
        if isAtCommit(worker.transaction) { all.append(.unanswered(worker: index)) }
        if worker.isEnding { return }
        if worker.transaction == 0, worker.generation > 0 { all.append(.fail(worker: index)) }
        if handBacks > 0, worker.transaction == 0 { all.append(.handBack(worker: index)) }
        if db.jobs[work.job].machine.cancelRequestedAt != nil, db.jobs[work.job].machine.token == work.token {
            all.append(.seeCancel(worker: index))
        }
    }

    /// An answer that is lost matters where something was written; elsewhere it is like a failure, or a crash.
    private func isAtCommit(_ transaction: Int) -> Bool {
        guard let index = db.index(of: transaction) else { return false }
        return db.open[index].kind.statements(db.rules.mutant)[db.open[index].step] == .commit
    }

    /// A running job whose lease is over, and whose holder is in the middle of nothing.
    private func isSuspect(_ job: JobRow) -> Bool {
        guard job.machine.state == .running, !db.hasWork(under: job.machine.token) else { return false }
        guard let lease = db.subjects[job.subject].lease, lease.token == job.machine.token else { return true }
        return lease.expiresAt <= Self.now
    }
}
