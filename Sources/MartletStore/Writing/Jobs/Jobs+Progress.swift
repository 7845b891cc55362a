import MartletCore

extension Jobs {
    /// Writes how far an attempt has come; belongs into a transaction of its own, which proves the lease.
    public static func setProgress(
        _ reading: ProgressGauge.Reading, of job: ClaimedJob, lifetime: Int64, _ connection: any Connection
    ) throws {
        // The row before the fence: the transaction that completes the job locks them in this order, too.
        try connection.execute(
            """
            UPDATE jobs SET progress = CASE WHEN progress > $4 THEN progress ELSE $4 END, progress_text = $5,
                progress_at = $6, progress_attempt = $7
            WHERE tenant = $1 AND id = $2 AND token = $3 AND state = 'running'
            """,
            job.job.values + [
                .int(job.lease.token), .int(Int64(reading.permille)),
                .text(reading.isRepeating ? "repeating: \(reading.text)" : reading.text), .int(try connection.now()),
                .int(job.attempts),
            ])
        try Leases.prove(job.lease, lifetime: lifetime, connection)
    }
}
