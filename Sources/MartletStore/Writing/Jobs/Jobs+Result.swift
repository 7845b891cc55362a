import MartletCore

extension Jobs {
    /// Keeps what came of a job, in the transaction that completes it.
    ///
    /// - Parameter result: A JSON object without secrets.
    public static func setResult(_ result: JSONValue, of job: JobID, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE jobs SET result = $3 WHERE tenant = $1 AND id = $2", job.values + [.text(result.text)])
    }

    /// Tells the workers of a subject that what they do is to end, and gives how many jobs there were. A subject has one
    /// running job at the most.
    public static func requestCancel(of subject: AccountID, _ connection: any Connection) throws -> Int {
        var jobs: [JobID] = []
        try connection.query(
            "SELECT id FROM jobs WHERE tenant = $1 AND account = $2 AND state = 'running'", subject.values
        ) { jobs.append(JobID(tenant: subject.tenant, id: $0.text(0))) }
        for job in jobs { try apply(.requestCancel, to: job, connection) }
        return jobs.count
    }
}

extension JobKind {
    /// An expression for the number of the account that a job with a subject is about; null for the tenant's own work.
    static func accountSQL(_ subject: String) -> String {
        "CASE WHEN \(subject) > 0 THEN \(subject) WHEN \(subject) < \(connectionBase) THEN \(connectionBase) - \(subject) END"
    }
}
