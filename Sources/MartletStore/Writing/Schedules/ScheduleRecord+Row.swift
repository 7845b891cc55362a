import MartletCore

extension ScheduleRecord {
    /// The columns that ``init(_:tenant:)`` reads, in their order.
    static let columns = [
        "id", "name", "account", "payload", "version", "cron", "timezone", "jitter", "missed", "priority", "queue",
        "created_at", "look_at", "paused_at", "handled", "waiting", "last_slot", "last_scan", "error_code",
        "error_message",
    ]

    /// Reads a row that begins with ``columns``.
    init(_ row: any Row, tenant: Int64) {
        self.init(
            id: row.text(0), name: row.text(1), account: AccountID(tenant: tenant, account: row.int(2)),
            payload: row.text(3), version: row.int(4), cron: row.text(5), timezone: row.text(6), jitter: row.int(7),
            missed: row.text(8), priority: row.int(9), queue: row.text(10), createdAt: row.time(11),
            lookAt: row.time(12))
        lookAt = row.optionalTime(12)
        pausedAt = row.optionalTime(13)
        handled = row.time(14)
        isWaiting = row.int(15) != 0
        lastSlot = row.optionalTime(16)
        lastScan = row.optionalText(17)
        failure = row.optionalText(18).map { JobFailure(code: $0, message: row.text(19)) }
    }
}
