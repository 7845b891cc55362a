import MartletCore
import MartletStore

/// Sends the statements of a recorded queue again, about other jobs.
struct RawQueue {
    let client: any RawClient
    /// A claim, and the completions of the jobs that it gave.
    let claim: RecordedTransaction
    let completions: [RecordedTransaction]
    /// The jobs of the recording.
    let jobs: [ClaimedJob]

    /// What a claim of a replay gave.
    private struct Claimed {
        var id: String
        var account: Int64
        var token: Int64
    }

    /// Claims and completes until the queue is empty. Gives the number of jobs.
    func drain() throws -> Int {
        var count = 0
        while true {
            let claimed = try claimOnce()
            guard !claimed.isEmpty else { return count }
            for (index, job) in claimed.enumerated() {
                var others = RecordedTransaction.Replacements()
                replace(index, by: job, in: &others)
                try Self.replay(completions[index], others, on: client)
            }
            count += claimed.count
        }
    }

    /// Sends a transaction again; numbers that its statements gave are replaced as they come.
    static func replay(
        _ transaction: RecordedTransaction, _ others: RecordedTransaction.Replacements, on client: any RawClient
    ) throws {
        var others = others
        try client.begin(transaction.scope, isReadOnly: transaction.isReadOnly)
        for statement in transaction.statements {
            let rows = try client.run(statement.about(others))
            note(rows, of: statement, in: &others)
        }
        try client.commit()
    }

    /// Moments are also the beginnings of lifetimes.
    private static func note(
        _ rows: [[String]], of statement: RecordedTransaction.Statement,
        in others: inout RecordedTransaction.Replacements
    ) {
        guard let gave = statement.gave, let number = rows.first?.first.flatMap({ Int64($0) }) else { return }
        others.numbers[gave] = number
        others.numbers[gave + QueueRoad.lifetime] = number + QueueRoad.lifetime
    }

    private func replace(_ index: Int, by job: Claimed, in others: inout RecordedTransaction.Replacements) {
        others.texts[jobs[index].job.id] = job.id
        others.numbers[jobs[index].lease.account.account] = job.account
        others.numbers[jobs[index].lease.token] = job.token
    }

    private func claimOnce() throws -> [Claimed] {
        var others = RecordedTransaction.Replacements()
        var claimed: [Claimed] = []
        try client.begin(claim.scope, isReadOnly: false)
        for statement in claim.statements {
            let rows = try client.run(statement.about(others))
            Self.note(rows, of: statement, in: &others)
            if claim.statements.count == 1 {
                claimed = try Self.jobs(of: rows)
            } else if statement.sql.contains("SELECT j.id, j.account, j.priority") {
                // One by one: what follows is about these, in their order.
                let found = rows.prefix(jobs.count)
                guard !found.isEmpty else { break }
                guard found.count == jobs.count else {
                    throw MartletError(.usage, "the number of jobs must be a multiple of the batch")
                }
                for (index, row) in found.enumerated() {
                    let job = Claimed(id: row[0], account: Int64(row[1]) ?? 0, token: 0)
                    claimed.append(job)
                    others.texts[jobs[index].job.id] = job.id
                    others.numbers[jobs[index].lease.account.account] = job.account
                }
            }
        }
        try client.commit()
        return claimed.enumerated().map { index, job in
            var job = job
            if job.token == 0 { job.token = others.numbers[jobs[index].lease.token] ?? 0 }
            return job
        }
    }

    /// What PostgreSQL's claim gives: one document.
    private static func jobs(of rows: [[String]]) throws -> [Claimed] {
        try (JSONValue.parse(rows.first?.first ?? "[]").arrayValue ?? []).compactMap { row in
            guard let id = row[1]?.stringValue, let account = row[5]?.intValue, let token = row[6]?.intValue else {
                return nil
            }
            return Claimed(id: id, account: account, token: token)
        }
    }
}
