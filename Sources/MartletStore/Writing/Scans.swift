import MartletCore

/// Rows of scans. Each write sets its own columns only.
public enum Scans {
    /// A scan that is asked for. `filters` is a JSON object of what it is limited to, nil where it is not.
    public static func queue(
        id: String, account: AccountID, origin: String, scope: String, config: String?, filters: String? = nil,
        at time: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO scans (tenant, id, account, origin, scope, config, state, queued_at, filters)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .int(account.tenant), .text(id), .int(account.account), .text(origin), .text(scope), .optional(config),
                .text(ScanState.queued.rawValue), .int(time), .optional(filters),
            ])
    }

    /// An attempt begins.
    public static func start(
        id: String, lease: Lease, generation: Int64, at time: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE scans SET state = $3, token = $4, generation = $5, attempts = attempts + 1, claimed_at = $6,
                first_claimed_at = COALESCE(first_claimed_at, $6)
            WHERE tenant = $1 AND id = $2
            """,
            [
                .int(lease.account.tenant), .text(id), .text(ScanState.running.rawValue), .int(lease.token),
                .int(generation), .int(time),
            ])
    }

    /// The generation of an attempt whose claim the queue has made.
    public static func setGeneration(
        _ generation: Int64, id: String, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            "UPDATE scans SET generation = $3 WHERE tenant = $1 AND id = $2",
            [.int(tenant), .text(id), .int(generation)])
    }

    /// A scan's state alone.
    public static func setState(
        _ state: ScanState, id: String, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            "UPDATE scans SET state = $3 WHERE tenant = $1 AND id = $2",
            [.int(tenant), .text(id), .text(state.rawValue)])
    }

    /// The scan is published.
    public static func complete(
        id: String, tenant: Int64, state: ScanState, source: String, observedAt: Timestamp?, counts: String,
        coverage: String, at time: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE scans SET state = $3, source = $4, observed_at = $5, counts = $6, coverage = $7, finished_at = $8
            WHERE tenant = $1 AND id = $2
            """,
            [
                .int(tenant), .text(id), .text(state.rawValue), .text(source), .optional(observedAt), .text(counts),
                .text(coverage), .int(time),
            ])
    }

    /// The scan has failed; what it wrote has been undone.
    public static func fail(
        id: String, tenant: Int64, source: String, error: MartletError, counts: String, at time: Int64,
        _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE scans SET state = $3, source = $4, error_code = $5, error_message = $6, counts = $7, finished_at = $8
            WHERE tenant = $1 AND id = $2
            """,
            [
                .int(tenant), .text(id), .text(ScanState.failed.rawValue), .text(source), .text(error.code.name),
                .text(error.description), .text(counts), .int(time),
            ])
    }

    /// Scans of an account that a dead process left behind become failed; the account is claimed by the caller. Those of
    /// jobs that are under way are the queue's.
    public static func failAbandoned(
        _ account: AccountID, except id: String, at time: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE scans SET state = 'failed', error_code = 'worker_lost', finished_at = $4,
                error_message = 'The process that ran the import ended before it was published; run it again.'
            WHERE tenant = $1 AND account = $2 AND id <> $3 AND state IN ('running', 'publishing')
            AND NOT EXISTS (SELECT 1 FROM jobs j
                WHERE j.tenant = scans.tenant AND j.id = scans.id AND j.state IN ('queued', 'running'))
            """, account.values + [.text(id), .int(time)])
    }

    /// The scanner's configuration that the newest published scan up to a generation came with; nil without one.
    public static func config(
        _ account: AccountID, generation: Int64, _ connection: any Connection
    ) throws -> String? {
        try connection.first(
            """
            SELECT config FROM scans WHERE tenant = $1 AND account = $2 AND generation <= $3 AND config IS NOT NULL
            AND state IN ('completed', 'completed_with_gaps', 'publishing', 'running')
            ORDER BY generation DESC LIMIT 1
            """, account.values + [.int(generation)]
        ) { $0.text(0) }
    }
}
