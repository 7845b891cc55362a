import MartletCore

extension SmallWorld {
    /// What tells states apart. Tokens and claims count by their order, generations from the published one on; the two
    /// workers may change places.
    var key: StateKey {
        let tokens = rankedTokens
        let claims = rankedClaims
        var key = StateKey()
        for subject in db.subjects { add(subject, tokens, claims, &key) }
        for job in db.jobs { add(job, tokens, claims, &key) }
        let (one, other) = StateKey.ofPair(self.key(of: 0, tokens, claims), self.key(of: 1, tokens, claims))
        key.add(one)
        key.add(other)
        for id in [rescue, mute] { add(id, tokens, claims, &key) }
        key.add(cancels)
        key.add(mutes)
        key.add(handBacks)
        return key
    }

    private var rankedTokens: [Int64] {
        var all: [Int64] = db.subjects.map(\.fence)
        for subject in db.subjects { all.append(subject.lease?.token ?? 0) }
        for job in db.jobs { all.append(job.machine.token) }
        for worker in workers { all.append(worker.work?.token ?? 0) }
        for tx in db.open { all.append(tx.token) }
        return all.sorted()
    }

    private var rankedClaims: [Int] {
        var all: [Int] = []
        for subject in db.subjects {
            all.append(subject.owner)
            for finding in subject.findings { all.append(finding.claim) }
        }
        for worker in workers { all.append(worker.work?.claim ?? 0) }
        for tx in db.open { all.append(tx.claim) }
        return all.sorted()
    }

    /// How many different smaller ones there are.
    private func rank<T: Comparable>(_ value: T, _ all: [T]) -> Int {
        var rank = 0
        for (index, other) in all.enumerated() where other < value {
            if index == 0 || all[index - 1] != other { rank += 1 }
        }
        return rank
    }

    private func add(_ subject: SubjectRow, _ tokens: [Int64], _ claims: [Int], _ key: inout StateKey) {
        key.add(rank(subject.fence, tokens))
        key.add(subject.lease.map { rank($0.token, tokens) * 2 + ($0.expiresAt > Self.now ? 1 : 0) } ?? -1)
        key.add(subject.generation - subject.published)
        key.add(subject.published > 0)
        key.add(subject.mutes - subject.evaluatedMutes)
        key.add(rank(subject.owner, claims))
        for finding in subject.findings {
            key.add(Int(finding.key) * 16 + Int(finding.value))
            key.add(max(finding.openedIn - subject.published, 0))
            key.add(finding.closedIn == 0 ? -1 : finding.closedIn - subject.published)
            key.add(finding.openedIn > subject.published ? rank(finding.claim, claims) : -1)
        }
    }

    private func add(_ job: JobRow, _ tokens: [Int64], _ claims: [Int], _ key: inout StateKey) {
        let machine = job.machine
        key.add(JobState.allCases.firstIndex(of: machine.state) ?? -1)
        key.add(job.truth.isCancelled)
        // Nothing else of a job that has ended is ever looked at again.
        if machine.state.isFinal { return key.add(rank(machine.token, tokens)) }
        key.add(machine.attempts)
        key.add(machine.losses)
        key.add(machine.handBacks)
        key.add(rank(machine.token, tokens))
        key.add(machine.cancelRequestedAt != nil)
        key.add(job.truth.failures)
        key.add(job.truth.losses)
    }

    private func key(of index: Int, _ tokens: [Int64], _ claims: [Int]) -> StateKey {
        let worker = workers[index]
        var key = StateKey()
        guard let work = worker.work else { return key }
        key.add(work.job)
        key.add(rank(work.token, tokens))
        key.add(rank(work.claim, claims))
        key.add(worker.generation == 0 ? -1_000 : worker.generation - db.subjects[work.subject].published)
        key.add(worker.hasWritten)
        key.add(worker.hasClosed)
        key.add(worker.hasPublished)
        key.add(worker.isEnding)
        key.add(worker.transaction != 0)
        add(worker.transaction, tokens, claims, &key)
        return key
    }

    private func add(_ id: Int, _ tokens: [Int64], _ claims: [Int], _ key: inout StateKey) {
        guard let index = db.index(of: id) else { return key.add(-7) }
        let tx = db.open[index]
        key.add(kindNumber(tx.kind))
        key.add(tx.step)
        key.add(tx.subject * 2 + tx.job)
        key.add(rank(tx.token, tokens))
        for lock in tx.locks { key.add(Int(lock.kind.rawValue) * 4 + lock.index) }
        key.add(tx.waits.map { Int($0.kind.rawValue) * 4 + $0.index } ?? -1)
        key.add(tx.generation - db.subjects[tx.subject].published)
        key.add(tx.mutes - db.subjects[tx.subject].mutes)
        key.add(tx.expiry > 0)
        if let next = tx.next {
            key.add(JobState.allCases.firstIndex(of: next.job.state) ?? -1)
            key.add(next.job.attempts * 4 + next.job.losses)
            key.add(next.job.cancelRequestedAt != nil)
        }
    }

    private func kindNumber(_ kind: TransactionKind) -> Int {
        switch kind {
        case .begin: 1
        case .batch(let number): 2 + number
        case .progress: 4
        case .publish: 5
        case .rescue: 6
        case .mute: 7
        case .cancel: 8
        case .retry: 9
        case .closings: 10
        case .complete: 11
        case .end(.fail): 12
        case .end(.handBack): 13
        case .end(.stopped): 14
        case .end: 15
        }
    }
}
