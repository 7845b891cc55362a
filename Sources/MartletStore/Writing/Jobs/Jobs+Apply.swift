import MartletCore

extension Jobs {
    /// Lets an event happen to a job: reads its row under a lock, asks ``JobMachine``, and writes the answer with all that
    /// belongs to it.
    ///
    /// - Parameters:
    ///   - holder: For a claim: who claims, and the lease's lifetime in milliseconds.
    /// - Throws: The ``JobRefusal``'s error when it may not happen, `not_found` when there is no such job.
    @discardableResult
    public static func apply(
        _ event: JobEvent, to job: JobID, by holder: (worker: Worker, lifetime: Int64)? = nil,
        limits: JobLimits = JobLimits(), _ connection: any Connection
    ) throws -> JobTransition {
        guard let stored = try machine(of: job, connection) else {
            throw MartletError(.notFound, "There is no such job.", place: job.id)
        }
        let now = try connection.now()
        let transition: JobTransition
        do throws(JobRefusal) {
            var generator = SystemRandomNumberGenerator()
            transition = try stored.machine.transition(
                on: event, at: now, limits: limits, using: &generator)
        } catch {
            throw error.error
        }
        if transition.job != stored.machine {
            try write(transition.job, of: job, holder: holder?.worker, connection)
        }
        for action in transition.actions {
            try carryOut(action, job, stored, transition.job, holder, connection)
        }
        if transition.job.state.isFinal, !stored.machine.state.isFinal {
            try Schedules.scanEnded(uniqueKey: stored.uniqueKey, tenant: job.tenant, at: now, connection)
        }
        return transition
    }

    /// Keeps others from changing a job until the end of the transaction. Whoever takes the fence of its subject, too, takes
    /// the job first.
    public static func lock(_ job: JobID, _ connection: any Connection) throws {
        try connection.withFirst(
            "SELECT 1 FROM jobs WHERE tenant = $1 AND id = $2\(connection.dialect.forUpdate)", job.values
        ) { _ in }
    }

    /// A job's values as they stand, and the subject of its fence.
    struct Stored {
        var machine: JobMachine
        var account: AccountID
        var kind: JobKind
        var uniqueKey: String?
    }

    static func machine(of job: JobID, _ connection: any Connection) throws -> Stored? {
        try connection.first(
            """
            SELECT state, attempts, losses, hand_backs, token, run_at, queued_at, cancel_requested_at, first_claimed_at,
                claimed_at, finished_at, error_code, error_message, account, kind, unique_key
            FROM jobs WHERE tenant = $1 AND id = $2\(connection.dialect.forUpdate)
            """, job.values
        ) { row in
            var machine = JobMachine(queuedAt: row.int(6), runAt: row.int(5))
            guard let state = JobState(rawValue: row.text(0)), let kind = JobKind(rawValue: row.text(14)) else {
                throw MartletError(.database, "The job is of a kind or state that this program does not know.")
            }
            machine.state = state
            machine.attempts = row.int(1)
            machine.losses = row.int(2)
            machine.handBacks = row.int(3)
            machine.token = row.int(4)
            machine.cancelRequestedAt = row.optionalInt(7)
            machine.firstClaimedAt = row.optionalInt(8)
            machine.claimedAt = row.optionalInt(9)
            machine.finishedAt = row.optionalInt(10)
            machine.failure = row.optionalText(11).map { JobFailure(code: $0, message: row.text(12)) }
            return Stored(
                machine: machine, account: AccountID(tenant: job.tenant, account: row.int(13)), kind: kind,
                uniqueKey: row.optionalText(15))
        }
    }

    private static func write(
        _ machine: JobMachine, of job: JobID, holder: Worker?, _ connection: any Connection
    ) throws {
        let isRunning = machine.state == .running
        try connection.execute(
            """
            UPDATE jobs SET\(machine.state == .completed ? " progress = 1000, progress_text = NULL," : "") state = $3, attempts = $4, losses = $5, hand_backs = $6, token = $7, run_at = $8,
                queued_at = $9, cancel_requested_at = $10, first_claimed_at = $11, claimed_at = $12, finished_at = $13,
                error_code = $14, error_message = $15,
                worker = \(isRunning ? "COALESCE($16, worker)" : "$16"), host = \(isRunning ? "COALESCE($17, host)" : "$17"),
                pid = \(isRunning ? "COALESCE($18, pid)" : "$18")
            WHERE tenant = $1 AND id = $2
            """,
            job.values + [
                .text(machine.state.rawValue), .int(machine.attempts), .int(machine.losses), .int(machine.handBacks),
                .int(machine.token), .int(machine.runAt), .int(machine.queuedAt), .optional(machine.cancelRequestedAt),
                .optional(machine.firstClaimedAt), .optional(machine.claimedAt), .optional(machine.finishedAt),
                .optional(machine.failure?.code), .optional(machine.failure?.message),
                .optional(isRunning ? holder?.name : nil), .optional(isRunning ? holder?.host : nil),
                .optional(isRunning ? holder?.pid : nil),
            ])
    }
}
