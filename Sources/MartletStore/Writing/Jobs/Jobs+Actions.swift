import MartletCore

extension Jobs {
    static func carryOut(
        _ action: JobAction, _ job: JobID, _ stored: Stored, _ machine: JobMachine,
        _ holder: (worker: Worker, lifetime: Int64)?, _ connection: any Connection
    ) throws {
        switch action {
        case .takeLease(let token):
            guard let holder else { throw MartletError(.usage, "A claim names its worker.") }
            _ = try Leases.take(
                stored.account, token: token, scan: job.id, worker: holder.worker, lifetime: holder.lifetime, connection
            )
        case .releaseLease(let token):
            try removeLease(stored.account, token, connection)
        case .retireToken(let token):
            try removeLease(stored.account, token, connection)
            // Only where nobody has taken the subject since.
            try connection.execute(
                "UPDATE fences SET token = $4 WHERE tenant = $1 AND account = $2 AND token = $3",
                stored.account.values + [.int(token), .int(try connection.nextToken())])
        case .showScan(let state):
            if stored.kind == .scan { try show(state, job, machine, connection) }
        case .restartProgress:
            try connection.execute(
                """
                UPDATE jobs SET progress = 0, progress_text = NULL, progress_at = NULL, progress_attempt = 0
                WHERE tenant = $1 AND id = $2
                """, job.values)
        case .wakeWorkers: try wakeWorkers(connection)
        // The holder learns it with its next look: the request stands in the row.
        case .stopWorker: break
        }
    }

    private static func removeLease(_ account: AccountID, _ token: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM leases WHERE tenant = $1 AND account = $2 AND token = $3", account.values + [.int(token)])
    }

    /// The scan is the user's view of its job: the same state, attempts, token, times and failure.
    private static func show(
        _ state: ScanState, _ job: JobID, _ machine: JobMachine, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE scans SET state = $3, attempts = $4, token = $5, queued_at = $6, first_claimed_at = $7,
                claimed_at = $8, finished_at = $9, error_code = $10, error_message = $11
            WHERE tenant = $1 AND id = $2
            """,
            job.values + [
                .text(state.rawValue), .int(machine.attempts), .int(machine.token), .int(machine.queuedAt),
                .optional(machine.firstClaimedAt), .optional(machine.claimedAt), .optional(machine.finishedAt),
                .optional(machine.failure?.code), .optional(machine.failure?.message),
            ])
    }
}
