import MartletCore

/// Rows of schedules. Who decides about one locks its row first, so that each slot is decided once.
public enum Schedules {
    /// Adds a schedule; false when the tenant has one of this name.
    public static func add(_ schedule: ScheduleRecord, _ connection: any Connection) throws -> Bool {
        let added = try connection.execute(
            """
            INSERT INTO schedules (tenant, id, name, account, payload, version, cron, timezone, jitter, missed, priority,
                queue, created_at, handled, look_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            ON CONFLICT DO NOTHING
            """,
            [
                .int(schedule.account.tenant), .text(schedule.id), .text(schedule.name), .int(schedule.account.account),
                .text(schedule.payload), .int(schedule.version), .text(schedule.cron), .text(schedule.timezone),
                .int(schedule.jitter), .text(schedule.missed), .int(schedule.priority), .text(schedule.queue),
                .time(schedule.createdAt), .time(schedule.handled), .optional(schedule.lookAt),
            ])
        return added == 1
    }

    /// Stops a schedule until it is resumed; the scan that runs goes on. Pausing twice changes nothing. False when there is
    /// no such schedule.
    public static func pause(_ id: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            """
            UPDATE schedules SET paused_at = COALESCE(paused_at, $3), look_at = NULL, waiting = 0
            WHERE tenant = $1 AND id = $2
            """, [.int(tenant), .text(id), .int(try connection.now())]) == 1
    }

    /// Lets a paused schedule go on; slots of the pause are not made up for. One that is not paused stays as it is. False
    /// when there is no such schedule.
    public static func resume(_ id: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        let values: [Value] = [.int(tenant), .text(id)]
        // A clock that was set back must not bring a slot twice.
        let resumed = try connection.execute(
            """
            UPDATE schedules SET paused_at = NULL, look_at = $3, handled = CASE WHEN handled > $3 THEN handled ELSE $3 END
            WHERE tenant = $1 AND id = $2 AND paused_at IS NOT NULL
            """, values + [.int(try connection.now())])
        if resumed == 1 { return true }
        return try connection.first(
            "SELECT 1 FROM schedules WHERE tenant = $1 AND id = $2", values, { _ in true }) == true
    }

    /// Removes a schedule; scans that it asked for stay. False when there is no such schedule.
    public static func remove(_ id: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            "DELETE FROM schedules WHERE tenant = $1 AND id = $2", [.int(tenant), .text(id)]) == 1
    }

    /// The tenant's schedules that are to be looked at now, the most overdue first.
    public static func due(tenant: Int64, limit: Int, _ connection: any Connection) throws -> [String] {
        var ids: [String] = []
        try connection.query(
            """
            SELECT id FROM schedules WHERE tenant = $1 AND look_at <= (SELECT \(connection.dialect.clock))
            ORDER BY look_at, id LIMIT $2
            """, [.int(tenant), .int(Int64(limit))]
        ) { ids.append($0.text(0)) }
        return ids
    }

    /// A schedule's row, which nobody else may change before the end of the transaction; nil when there is none.
    public static func lock(
        _ id: String, tenant: Int64, _ connection: any Connection
    ) throws -> ScheduleRecord? {
        try connection.first(
            """
            SELECT \(ScheduleRecord.columns.joined(separator: ", ")) FROM schedules
            WHERE tenant = $1 AND id = $2\(connection.dialect.forUpdate)
            """, [.int(tenant), .text(id)]
        ) { ScheduleRecord($0, tenant: tenant) }
    }
}
