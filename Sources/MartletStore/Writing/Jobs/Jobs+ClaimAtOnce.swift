import MartletCore

extension Jobs {
    /// PostgreSQL: one statement.
    static func claimAtOnce(
        _ request: ClaimRequest, _ connection: any Connection
    ) throws -> [ClaimedJob] {
        let text = try connection.first(claimSQL(request), claimValues(request)) { $0.text(0) }
        guard let rows = try JSONValue.parse(text ?? "[]").arrayValue else { return [] }
        return rows.compactMap { row in
            guard let tenant = row[0]?.intValue, let id = row[1]?.stringValue,
                let kind = row[2]?.stringValue.flatMap(JobKind.init(rawValue:)), let version = row[3]?.intValue,
                let payload = row[4]?.stringValue, let account = row[5]?.intValue, let token = row[6]?.intValue,
                let attempts = row[7]?.intValue, let progress = row[8]?.intValue, let queuedAt = row[9]?.intValue,
                let claimedAt = row[11]?.intValue
            else { return nil }
            return ClaimedJob(
                job: JobID(tenant: tenant, id: id), kind: kind, version: version, payload: payload,
                lease: Lease(
                    account: AccountID(tenant: tenant, account: account), token: token, scan: id,
                    holder: request.worker, expiresAt: Timestamp(milliseconds: claimedAt + request.lifetime)),
                attempts: attempts, progress: Int(progress), queuedAt: Timestamp(milliseconds: queuedAt),
                trace: row[10]?.stringValue)
        }
    }

    static func claimValues(_ request: ClaimRequest) -> [Value] {
        [
            .text(request.worker.name), .text(request.worker.host), .int(request.worker.pid), .int(request.lifetime),
            .int(request.boundedLimit),
        ] + request.queueValues
    }

    /// Candidates come tenant by tenant from the index of queued jobs, so that neither finished jobs nor another
    /// tenant's thousands are read. What the locking step then finds changed since the statement's snapshot, it drops:
    /// every claim changes the fence's token. A statement that writes gives its rows only as a whole, hence the JSON.
    static func claimSQL(_ request: ClaimRequest) -> String {
        """
        WITH RECURSIVE clock AS MATERIALIZED (
            SELECT FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint AS now),
        waiting (tenant) AS (
            (SELECT tenant FROM jobs WHERE state = 'queued' ORDER BY tenant LIMIT 1)
            UNION ALL
            SELECT (SELECT j.tenant FROM jobs j WHERE j.state = 'queued' AND j.tenant > w.tenant
                    ORDER BY j.tenant LIMIT 1)
            FROM waiting w WHERE w.tenant IS NOT NULL),
        candidates AS MATERIALIZED (
            SELECT w.tenant, q.id, q.account, q.fence, q.priority, q.queued_at, r.running
                + ROW_NUMBER() OVER (PARTITION BY w.tenant ORDER BY q.priority DESC, q.queued_at, q.id) AS turn
            FROM waiting w CROSS JOIN LATERAL (
                SELECT COUNT(*) AS running FROM jobs j WHERE j.tenant = w.tenant AND j.state = 'running') r
            CROSS JOIN LATERAL (
                SELECT j.id, j.account, f.token AS fence, j.priority, j.queued_at
                FROM jobs j JOIN fences f ON f.tenant = j.tenant AND f.account = j.account
                WHERE j.tenant = w.tenant AND j.state = 'queued' AND j.run_at <= (SELECT now FROM clock)
                \(request.queueCondition(from: 6)) \(isFree("(SELECT now FROM clock)"))
                ORDER BY j.priority DESC, j.queued_at, j.id LIMIT $5::bigint + 32) q
            WHERE w.tenant IS NOT NULL),
        firsts AS (
            SELECT * FROM (SELECT DISTINCT ON (tenant, account) * FROM candidates ORDER BY tenant, account, turn) d
            ORDER BY turn, priority DESC, queued_at, id LIMIT $5::bigint + 64),
        picked AS MATERIALIZED (
            SELECT c.tenant, c.id, c.account, j.kind
            FROM firsts c JOIN fences f ON f.tenant = c.tenant AND f.account = c.account AND f.token = c.fence
            JOIN jobs j ON j.tenant = c.tenant AND j.id = c.id AND j.state = 'queued'
            ORDER BY c.turn, c.priority DESC, c.queued_at, c.id LIMIT $5::bigint FOR UPDATE OF f, j SKIP LOCKED),
        fenced AS (
            UPDATE fences f SET token = nextval('tokens') FROM picked p
            WHERE f.tenant = p.tenant AND f.account = p.account RETURNING f.tenant, f.account, f.token),
        leased AS (
            INSERT INTO leases (tenant, account, token, scan, worker, host, pid, expires_at)
            SELECT n.tenant, n.account, n.token, p.id, $1::text, $2::text, $3::bigint, c.now + $4::bigint
            FROM fenced n JOIN picked p ON p.tenant = n.tenant AND p.account = n.account CROSS JOIN clock c
            ON CONFLICT (tenant, account) DO UPDATE SET token = excluded.token, scan = excluded.scan,
                worker = excluded.worker, host = excluded.host, pid = excluded.pid, expires_at = excluded.expires_at),
        shown AS (
            UPDATE scans s SET state = 'running', token = n.token, attempts = s.attempts + 1, claimed_at = c.now,
                first_claimed_at = COALESCE(s.first_claimed_at, c.now)
            FROM fenced n JOIN picked p ON p.tenant = n.tenant AND p.account = n.account CROSS JOIN clock c
            WHERE s.tenant = p.tenant AND s.id = p.id AND p.kind = 'scan'),
        claimed AS (
            UPDATE jobs j SET state = 'running', token = n.token, attempts = j.attempts + 1, claimed_at = c.now,
                first_claimed_at = COALESCE(j.first_claimed_at, c.now), worker = $1::text, host = $2::text, pid = $3::bigint
            FROM fenced n JOIN picked p ON p.tenant = n.tenant AND p.account = n.account CROSS JOIN clock c
            WHERE j.tenant = p.tenant AND j.id = p.id
            RETURNING j.tenant, j.id, j.kind, j.version, j.payload, j.account, j.token, j.attempts, j.progress,
                j.queued_at, j.trace, j.claimed_at)
        SELECT COALESCE(json_agg(json_build_array(tenant, id, kind, version, payload, account, token, attempts,
            progress, queued_at, trace, claimed_at)), '[]')::text FROM claimed
        """
    }
}
