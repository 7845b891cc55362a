import MartletCore

extension Schedules {
    /// The prefix of the unique keys of scans that schedules ask for: `schedule:<id>:<slot>`.
    static let keyPrefix = "schedule:"

    /// Stores what was decided about a schedule whose row is locked: all of it, if `handled` is still what was read.
    ///
    /// - Parameters:
    ///   - before: The row as it was read.
    ///   - after: The same with new values of `handled`, `lookAt`, `isWaiting`, `lastSlot`, `lastScan` and `failure`.
    /// - Throws: ``MartletError`` (`conflict`) when another transaction has decided meanwhile.
    public static func decide(
        _ before: ScheduleRecord, _ after: ScheduleRecord, _ connection: any Connection
    ) throws {
        let stored = try connection.execute(
            """
            UPDATE schedules SET handled = $4, look_at = $5, waiting = $6, last_slot = $7, last_scan = $8,
                error_code = $9, error_message = $10
            WHERE tenant = $1 AND id = $2 AND handled = $3 AND paused_at IS NULL
            """,
            [
                .int(before.account.tenant), .text(before.id), .time(before.handled), .time(after.handled),
                .optional(after.lookAt), .bool(after.isWaiting), .optional(after.lastSlot), .optional(after.lastScan),
                .optional(after.failure?.code), .optional(after.failure?.message),
            ])
        guard stored == 1 else {
            throw MartletError(.conflict, "The schedule was decided by someone else meanwhile.", place: before.id)
        }
    }

    /// Whether the schedule's last scan is queued or running.
    public static func isScanUnderWay(_ schedule: ScheduleRecord, _ connection: any Connection) throws -> Bool {
        guard let scan = schedule.lastScan else { return false }
        let state = try connection.first(
            "SELECT state FROM jobs WHERE tenant = $1 AND id = $2", [.int(schedule.account.tenant), .text(scan)]
        ) { JobState(rawValue: $0.text(0)) }
        return state.flatMap { $0 }?.isFinal == false
    }

    /// A job has ended. If it is a schedule's scan and a slot waits for it, the schedule is looked at at once.
    ///
    /// The row is written in any case: a look that has just found the scan running is waited for here, and its `waiting`
    /// is seen; one that comes later sees the scan ended.
    static func scanEnded(
        uniqueKey: String?, tenant: Int64, at time: Int64, _ connection: any Connection
    ) throws {
        guard let uniqueKey, uniqueKey.hasPrefix(keyPrefix) else { return }
        let id = uniqueKey.dropFirst(keyPrefix.count).prefix { $0 != ":" }
        try connection.execute(
            """
            UPDATE schedules SET look_at = CASE WHEN waiting = 1 AND look_at > $3 THEN $3 ELSE look_at END
            WHERE tenant = $1 AND id = $2
            """, [.int(tenant), .text(String(id)), .int(time)])
    }
}
