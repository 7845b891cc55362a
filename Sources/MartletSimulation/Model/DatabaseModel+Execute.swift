import MartletCore

extension DatabaseModel {
    /// Executes a transaction's next statement. A failure has rolled it back.
    ///
    /// - Parameters:
    ///   - now: The database's clock.
    ///   - clock: What is taken for it where leases are written; the same, but for one mutant.
    mutating func execute(_ transaction: Int, at now: Int64, clock: Int64) -> StatementResult {
        guard let index = index(of: transaction) else { return .failed(.connection) }
        let statements = open[index].kind.statements(rules.mutant)
        let statement = statements[open[index].step]
        let result = execute(statement, index, now, clock)
        switch result {
        case .done:
            // Found again: a statement may have ended others.
            if let index = self.index(of: transaction) { open[index].step += 1 }
        case .blocked: break
        case .committed, .failed: abort(transaction)
        }
        return result
    }

    private mutating func execute(
        _ statement: Statement, _ index: Int, _ now: Int64, _ clock: Int64
    ) -> StatementResult {
        let (subject, job) = (open[index].subject, open[index].job)
        switch statement {
        case .lockAccount: return acquire(RowLock(kind: .account, index: subject), index) ? .done : .blocked
        case .lockJob: return acquire(RowLock(kind: .job, index: job), index) ? .done : .blocked
        case .lockFence: return acquire(RowLock(kind: .fenceAlone, index: subject), index) ? .done : .blocked
        case .begin:
            open[index].generation = subjects[subject].generation + 1
            return .done
        case .write, .undo: return .done
        case .progress: return acquire(RowLock(kind: .job, index: job), index) ? .done : .blocked
        case .evaluate: return evaluate(index)
        case .mute:
            open[index].mutes = subjects[subject].mutes + 1
            return .done
        case .apply: return apply(index, now)
        case .prove: return prove(index, clock)
        case .seize: return seize(index)
        case .lose: return lose(index, now, clock)
        case .commit:
            commit(open[index], now)
            return .committed
        }
    }

    private mutating func evaluate(_ index: Int) -> StatementResult {
        let row = subjects[open[index].subject]
        let own = open[index].generation
        if !rules.has(.noUndo), row.findings.contains(where: { $0.openedIn > row.published && $0.openedIn != own }) {
            return .failed(.strayRows)
        }
        open[index].mutes = row.mutes
        return .done
    }

    private mutating func prove(_ index: Int, _ clock: Int64) -> StatementResult {
        let tx = open[index]
        if isUnproven(tx.kind) { return .done }
        if !rules.has(.proofByPlainRead) {
            guard acquire(RowLock(kind: .fenceShare, index: tx.subject), index) else { return .blocked }
        }
        guard subjects[tx.subject].fence == tx.token else { return .failed(.leaseLost) }
        if !rules.has(.proofByPlainRead) {
            guard acquire(RowLock(kind: .lease, index: tx.subject), index) else { return .blocked }
        }
        open[index].expiry = clock + rules.timing.lifetime
        return .done
    }

    private func isUnproven(_ kind: TransactionKind) -> Bool {
        switch (rules.mutant, kind) {
        case (.noProof, _), (.completeWithoutToken, .publish), (.endWithoutToken, .end(.fail)): true
        default: false
        }
    }

    private mutating func apply(_ index: Int, _ now: Int64) -> StatementResult {
        let tx = open[index]
        let event: JobEvent
        switch tx.kind {
        case .publish, .complete: event = .complete(token: tx.token)
        case .end(let end): event = end
        case .cancel: event = .requestCancel
        case .retry: event = .retryByUser
        default: return .failed(.refused)
        }
        guard acquire(RowLock(kind: .job, index: tx.job), index) else { return .blocked }
        return decide(event, index, now)
    }

    /// Asks the machine, and locks what the answer writes.
    private mutating func decide(_ event: JobEvent, _ index: Int, _ now: Int64) -> StatementResult {
        let tx = open[index]
        do throws(JobRefusal) {
            let next = try rules.transition(jobs[tx.job].machine, on: event, at: now, using: &random)
            if next.actions.contains(.retireToken(tx.token)), subjects[tx.subject].fence == tx.token {
                guard acquire(RowLock(kind: .fenceAlone, index: tx.subject), index) else { return .blocked }
            }
            open[index].next = next
            return .done
        } catch {
            switch error {
            case .notRunning, .staleToken: return .failed(.leaseLost)
            case .cancelRequested: return .failed(.cancelled)
            default: return .failed(.refused)
            }
        }
    }

    private mutating func seize(_ index: Int) -> StatementResult {
        let lock = RowLock(kind: .fenceAlone, index: open[index].subject)
        guard isFree(lock, for: open[index].id) else { return .failed(.skipped) }
        return acquire(lock, index) ? .done : .failed(.skipped)
    }

    private mutating func lose(_ index: Int, _ now: Int64, _ clock: Int64) -> StatementResult {
        let tx = open[index]
        guard case .rescue(let isDead) = tx.kind else { return .failed(.refused) }
        if let lease = subjects[tx.subject].lease, lease.token == tx.token,
            !isDead, lease.expiresAt > clock
        {
            return .failed(.skipped)
        }
        let row = RowLock(kind: .job, index: tx.job)
        guard isFree(row, for: tx.id), acquire(row, index) else { return .failed(.skipped) }
        let result = decide(.lose(token: tx.token), index, now)
        return result == .done ? .done : .failed(.skipped)
    }
}
