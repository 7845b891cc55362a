import MartletCore

/// When to look after a tenant: its row says when, and what was done last.
public enum Upkeep {
    /// How long a change of mutes or frameworks has for evaluating the postures it touches before a worker does it, in
    /// milliseconds.
    public static let pendingMilliseconds: Int64 = 15_000

    /// The unique key of the one job that looks at a tenant's schedules and at what it needs.
    public static let tickKey = "tick"

    /// The queue of ticks: every worker takes them.
    public static let tickQueue = "_tick"

    /// The most tenants that one look gives.
    public static let maximumTenants = 256

    /// Tenants with a schedule that is to be looked at, or that are to be looked after, and whose tick is not under way.
    /// One statement, which reads the indexes `schedules_due` and `tenants_upkeep` up to now and so, where nothing is due,
    /// nothing. Runs as the dispatch role.
    public static func dueTenants(_ connection: any Connection) throws -> [Int64] {
        let clock = "(SELECT \(connection.dialect.clock))"
        func isIdle(_ tenant: String, of key: String = tickKey) -> String {
            """
            NOT EXISTS (SELECT 1 FROM jobs j WHERE j.tenant = \(tenant) AND j.unique_key = '\(key)'
                AND j.state IN ('queued', 'running'))
            """
        }
        var tenants: [Int64] = []
        try connection.query(
            """
            SELECT s.tenant FROM schedules s WHERE s.look_at <= \(clock) AND \(isIdle("s.tenant"))
            UNION SELECT t.id FROM tenants t WHERE t.upkeep_at <= \(clock) AND \(isIdle("t.id"))
                AND (t.removing_at IS NULL OR \(isIdle("t.id", of: JobKind.tenantRemoval.rawValue)))
            LIMIT \(maximumTenants)
            """
        ) { tenants.append($0.int(0)) }
        return tenants
    }

    /// Asks for a tenant's tick, unless one is under way; in a tenant that is being removed for its removal, whose last job
    /// must have failed. Runs as the dispatch role. Gives whether it was added.
    @discardableResult
    public static func requestTick(tenant: Int64, _ connection: any Connection) throws -> Bool {
        let isInRemoval = try connection.first(
            "SELECT removing_at FROM tenants WHERE id = $1\(connection.dialect.keyShare)", [.int(tenant)]
        ) { !$0.isNull(0) }
        // Whoever saw it due may have seen its last moment.
        guard let isInRemoval else { return false }
        guard isInRemoval else { return try request(.schedule, tenant: tenant, connection) }
        try connection.execute(
            "UPDATE tenants SET upkeep_at = $2 WHERE id = $1",
            [.int(tenant), .int(try connection.now() + TenantRemoval.retryMilliseconds)])
        return try request(.tenantRemoval, tenant: tenant, connection)
    }

    /// Asks for a tenant's own work of a kind, unless it is under way. Ticks, and what puts postures right, go before the
    /// tenant's scans. Gives whether it was added.
    @discardableResult
    public static func request(
        _ kind: JobKind, tenant: Int64, _ connection: any Connection
    ) throws -> Bool { try job(of: kind, tenant: tenant, connection).isNew }

    /// The same; gives the job that stands for the request.
    public static func job(
        of kind: JobKind, tenant: Int64, _ connection: any Connection
    ) throws -> Jobs.Enqueued {
        let id = ScanID.make(at: Timestamp(milliseconds: try connection.now()))
        var request = JobRequest(id: id, kind: kind, payload: "{}")
        request.uniqueKey = kind == .schedule ? tickKey : kind.rawValue
        request.queue = kind == .schedule ? tickQueue : JobRequest.defaultQueue
        request.priority = kind == .retention || kind == .tenantRemoval ? 0 : 1_000
        return try Jobs.enqueue(request, tenant: tenant, connection)
    }

    /// Has the tenant looked after within so many milliseconds, or before, if that is planned.
    static func want(tenant: Int64, within milliseconds: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE tenants SET upkeep_at = $2 WHERE id = $1 AND upkeep_at > $2",
            [.int(tenant), .int(try connection.now() + milliseconds)])
    }
}
