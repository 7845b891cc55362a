import MartletCore

extension Jobs {
    /// Takes jobs: of the tenant with the fewest running ones first, then by priority, then by age, and at most one for
    /// each subject. Each gets a new token on the fence of its subject, a lease, and one attempt more.
    ///
    /// Several workers may claim at once: what another one is just taking is passed over, never waited for. A subject
    /// whose lease has not expired is passed over, too, whoever holds it. Runs as the dispatch role.
    public static func claim(_ request: ClaimRequest, _ connection: any Connection) throws -> [ClaimedJob] {
        switch connection.dialect {
        case .postgresql: try claimAtOnce(request, connection)
        case .sqlite: try claimOneByOne(request, connection)
        }
    }

    /// SQLite has one writer: nobody comes between the look and the writes.
    private static func claimOneByOne(
        _ request: ClaimRequest, _ connection: any Connection
    ) throws -> [ClaimedJob] {
        let now = try connection.now()
        var candidates: [Candidate] = []
        for tenant in try waitingTenants(connection) {
            candidates += try Self.candidates(of: tenant, request, at: now, connection)
        }
        candidates.sort { $0.precedes($1) }
        return try candidates.prefix(Int(request.boundedLimit)).compactMap { candidate in
            let token = try connection.nextToken()
            try apply(.claim(token: token), to: candidate.job, by: (request.worker, request.lifetime), connection)
            return try claimed(candidate.job, by: request.worker, connection)
        }
    }

    /// A job that may be claimed. `turn`: how many jobs the tenant has running once this one does, too.
    private struct Candidate {
        var job: JobID
        var turn: Int64
        var priority: Int64
        var queuedAt: Int64

        func precedes(_ other: Candidate) -> Bool {
            (turn, -priority, queuedAt, job.id) < (other.turn, -other.priority, other.queuedAt, other.job.id)
        }
    }

    /// From the index of queued jobs, one look for each.
    private static func waitingTenants(_ connection: any Connection) throws -> [Int64] {
        var tenants: [Int64] = []
        while let tenant = try connection.first(
            """
            SELECT tenant FROM jobs INDEXED BY jobs_queued WHERE state = 'queued' AND tenant > $1 ORDER BY tenant LIMIT 1
            """, [.int(tenants.last ?? .min)], { $0.int(0) })
        {
            tenants.append(tenant)
        }
        return tenants
    }

    /// The tenant's next jobs, one for each subject.
    private static func candidates(
        of tenant: Int64, _ request: ClaimRequest, at now: Int64, _ connection: any Connection
    ) throws -> [Candidate] {
        let running = try connection.first(
            "SELECT COUNT(*) FROM jobs WHERE tenant = $1 AND state = 'running'", [.int(tenant)]
        ) { $0.int(0) }
        var candidates: [Candidate] = []
        var subjects: Set<Int64> = []
        // Named, because without statistics the planner would rather read all jobs in another order.
        try connection.query(
            """
            SELECT j.id, j.account, j.priority, j.queued_at FROM jobs j INDEXED BY jobs_queued
            WHERE j.tenant = $1 AND j.state = 'queued' AND j.run_at <= $2
            \(request.queueCondition(from: 4)) \(isFree("$2"))
            ORDER BY j.priority DESC, j.queued_at, j.id LIMIT $3 + 32
            """, [.int(tenant), .int(now), .int(request.boundedLimit)] + request.queueValues
        ) { row in
            guard subjects.insert(row.int(1)).inserted else { return }
            candidates.append(
                Candidate(
                    job: JobID(tenant: tenant, id: row.text(0)), turn: (running ?? 0) + Int64(candidates.count) + 1,
                    priority: row.int(2), queuedAt: row.int(3)))
        }
        return candidates
    }

    /// Nobody holds the subject of `j`, and no other job of it runs.
    static func isFree(_ now: String) -> String {
        """
        AND NOT EXISTS (SELECT 1 FROM leases l
            WHERE l.tenant = j.tenant AND l.account = j.account AND l.expires_at > \(now))
        AND NOT EXISTS (SELECT 1 FROM jobs o
            WHERE o.tenant = j.tenant AND o.account = j.account AND o.state = 'running')
        """
    }

    private static func claimed(
        _ job: JobID, by worker: Worker, _ connection: any Connection
    ) throws -> ClaimedJob? {
        try connection.first(
            """
            SELECT j.kind, j.version, j.payload, j.account, j.token, j.attempts, j.progress, j.queued_at, j.trace,
                l.expires_at
            FROM jobs j JOIN leases l ON l.tenant = j.tenant AND l.account = j.account AND l.token = j.token
            WHERE j.tenant = $1 AND j.id = $2
            """, job.values
        ) { row in
            JobKind(rawValue: row.text(0)).map { kind in
                ClaimedJob(
                    job: job, kind: kind, version: row.int(1), payload: row.text(2),
                    lease: Lease(
                        account: AccountID(tenant: job.tenant, account: row.int(3)), token: row.int(4), scan: job.id,
                        holder: worker, expiresAt: row.time(9)),
                    attempts: row.int(5), progress: Int(row.int(6)), queuedAt: row.time(7), trace: row.optionalText(8))
            }
        } ?? nil
    }
}
