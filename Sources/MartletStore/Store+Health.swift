extension Store {
    /// Looks at the schema and the queue of all tenants, by indexes of what is not finished and of the last hour.
    public func health() async throws -> StoreHealth {
        let isCurrent = try await database.scoped(to: .owner).read { try Migrator.isCurrent($0) }
        guard isCurrent else { return StoreHealth() }
        return try await database.scoped(to: .dispatch).readRetrying { connection in
            var health = StoreHealth()
            health.isCurrent = true
            let now = try connection.now()
            let hour = now - 3_600_000
            try connection.query(
                """
                SELECT kind, state, COUNT(*) FROM jobs
                WHERE state IN ('queued', 'running') OR finished_at >= $1 GROUP BY kind, state ORDER BY kind, state
                """, [.int(hour)]
            ) {
                health.jobs.append(StoreHealth.Jobs(kind: $0.text(0), state: $0.text(1), count: $0.int(2)))
            }
            try connection.withFirst("SELECT COUNT(*) FROM leases WHERE expires_at > $1", [.int(now)]) {
                health.leases = $0.int(0)
            }
            try connection.withFirst(
                """
                SELECT COUNT(*) FROM jobs j JOIN leases l ON l.tenant = j.tenant AND l.token = j.token WHERE j.state = 'running' AND l.expires_at > $1
                """, [.int(now)]
            ) { health.heldJobs = $0.int(0) }
            try connection.withFirst(
                "SELECT MIN(CASE WHEN run_at > queued_at THEN run_at ELSE queued_at END) FROM jobs "
                    + "WHERE state = 'queued' AND run_at <= $1", [.int(now)]
            ) { health.oldestWait = $0.optionalInt(0).map { max(0, now - $0) } }
            try connection.withFirst(
                """
                SELECT COUNT(*), COALESCE(SUM(first_claimed_at - queued_at), 0),
                    COALESCE(MAX(first_claimed_at - queued_at), 0)
                FROM jobs WHERE first_claimed_at >= $1
                """, [.int(hour)]
            ) { row in
                health.claimed = row.int(0)
                health.waited = row.int(1)
                health.longestWait = row.int(2)
            }
            health.work = try WorkRecords.figures(connection)
            return health
        }
    }
}
