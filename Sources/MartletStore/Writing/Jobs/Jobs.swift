import MartletCore

/// Rows of jobs. What may happen to one decides ``JobMachine``; every write sets its own columns only.
public enum Jobs {
    /// What became of a request.
    public struct Enqueued: Sendable, Hashable {
        /// The job that stands for the request: the new one, or the one under way that has its unique key.
        public var id: String
        /// Whether it was added.
        public var isNew: Bool
    }

    /// Adds a job, or finds the one with its unique key that is under way. Wakes idle workers once the transaction is
    /// committed.
    ///
    /// - Throws: ``MartletError`` (`usage`) for what no worker could run; `not_found` when there is no such account;
    ///   `conflict` in a tenant that is being removed.
    public static func enqueue(
        _ request: JobRequest, tenant: Int64, _ connection: any Connection
    ) throws -> Enqueued {
        try request.validate()
        try requireTenant(tenant, for: request.kind, connection)
        let subject = AccountID(tenant: tenant, account: request.subject)
        if let account = request.account { try requireAccount(account, tenant: tenant, connection) }
        // A claim locks the subject's fence, so there must be one.
        try Leases.makeFence(subject, connection)
        let now = try connection.now()
        let runAt = request.runAt?.milliseconds ?? now
        // The one with the key may end between the two statements: then there is room for this one.
        for _ in 0..<3 {
            let added = try connection.execute(
                """
                INSERT INTO jobs (tenant, id, kind, version, payload, account, queue, state, priority, run_at,
                    unique_key, queued_at, trace)
                VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $9, $10, $11, $12)
                ON CONFLICT (tenant, unique_key) WHERE unique_key IS NOT NULL AND state IN ('queued', 'running')
                DO NOTHING
                """,
                [
                    .int(tenant), .text(request.id), .text(request.kind.rawValue), .int(request.version),
                    .text(request.payload), .int(request.subject), .text(request.queue), .int(request.priority),
                    .int(runAt), .optional(request.uniqueKey), .int(now),
                    .optional(request.trace ?? Tracing.current?.traceparent),
                ])
            if added == 1 {
                try wakeWorkers(connection)
                return Enqueued(id: request.id, isNew: true)
            }
            if let id = try underWay(uniqueKey: request.uniqueKey ?? "", tenant: tenant, connection) {
                return Enqueued(id: id, isNew: false)
            }
        }
        throw MartletError(.conflict, "Others add and end the same job at this moment; ask for it again.")
    }

    /// The job with a unique key that is queued or running.
    public static func underWay(
        uniqueKey: String, tenant: Int64, _ connection: any Connection
    ) throws -> String? {
        try connection.first(
            "SELECT id FROM jobs WHERE tenant = $1 AND unique_key = $2 AND state IN ('queued', 'running')",
            [.int(tenant), .text(uniqueKey)]
        ) { $0.text(0) }
    }

    /// Tells workers that listen, once the transaction is committed; any number of times is one notification. Nobody
    /// relies on it: workers look once a second all the same.
    public static func wakeWorkers(_ connection: any Connection) throws {
        guard connection.dialect == .postgresql else { return }
        try connection.withFirst("SELECT pg_catalog.pg_notify('\(channelPrefix)' || current_schema(), '')", []) { _ in }
    }

    /// The name of the channel of notifications is this and the schema's name.
    static let channelPrefix = "martlet_jobs_"

    /// The row stays locked against removal, so that nothing is added to a tenant whose last row is just going.
    private static func requireTenant(
        _ tenant: Int64, for kind: JobKind, _ connection: any Connection
    ) throws {
        let isRemoved = try connection.first(
            "SELECT removing_at FROM tenants WHERE id = $1\(connection.dialect.keyShare)", [.int(tenant)]
        ) { !$0.isNull(0) }
        guard isRemoved == false || isRemoved == true && kind == .tenantRemoval else {
            throw MartletError.tenantInRemoval
        }
    }

    private static func requireAccount(
        _ account: Int64, tenant: Int64, _ connection: any Connection
    ) throws {
        let known = try connection.first(
            """
            SELECT 1 FROM accounts WHERE tenant = $1 AND id = $2
            UNION ALL SELECT 1 FROM account_removals WHERE tenant = $1 AND account = $2
            """, [.int(tenant), .int(account)]
        ) { _ in true }
        guard known == true else {
            throw MartletError(.notFound, "There is no such account; martlet accounts lists them.")
        }
    }
}
