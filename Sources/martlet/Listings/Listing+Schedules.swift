import MartletCore
import MartletEngine
import MartletStore

extension Listing where Row == ScheduleRow {
    /// `martlet schedule list`.
    static var schedules: Listing {
        Listing(
            columns: [
                Column("SCHEDULE", style: { _ in .bold }) { $0.schedule.id },
                Column("NAME", flexible: true) { $0.schedule.name },
                Column("ACCOUNT", flexible: true) { $0.account.uid },
                Column("SOURCE", flexible: true) { $0.source },
                Column("CRON") { $0.schedule.cron },
                Column("TIMEZONE") { $0.schedule.timezone },
                Column("STATE") { $0.state },
                Column("NEXT") { CellText.time($0.next) },
                Column("LAST") { CellText.time($0.schedule.lastSlot) },
                Column("LAST SCAN", flexible: true) { $0.lastLine },
            ],
            fields: [
                ("schedule", { $0.schedule.id }), ("name", { $0.schedule.name }), ("account", { $0.account.uid }),
                ("provider", { $0.account.provider.name }), ("source", { $0.source }), ("cron", { $0.schedule.cron }),
                ("timezone", { $0.schedule.timezone }), ("jitter_seconds", { String($0.schedule.jitter) }),
                ("missed", { $0.schedule.missed }), ("priority", { String($0.schedule.priority) }),
                ("queue", { $0.schedule.queue }), ("state", { $0.state }), ("next_at", { $0.next?.rfc3339 ?? "" }),
                ("last_at", { $0.schedule.lastSlot?.rfc3339 ?? "" }), ("last_scan", { $0.schedule.lastScan ?? "" }),
                ("last_state", { $0.lastState?.rawValue ?? "" }), ("created_at", { $0.schedule.createdAt.rfc3339 }),
                ("paused_at", { $0.schedule.pausedAt?.rfc3339 ?? "" }),
                ("error_code", { $0.schedule.failure?.code ?? "" }), ("error", { $0.schedule.failure?.message ?? "" }),
            ], json: { $1.schedule($0) }, empty: "no schedules")
    }
}

extension JSONWriter {
    /// The members of a schedule.
    mutating func schedule(_ row: ScheduleRow) {
        let schedule = row.schedule
        field("schedule", schedule.id)
        field("name", schedule.name)
        account(row.account)
        said("source", row.source)
        field("scope", row.order?.scope.rawValue)
        field("cron", schedule.cron)
        field("timezone", schedule.timezone)
        field("jitter_seconds", schedule.jitter)
        field("missed", schedule.missed)
        field("priority", schedule.priority)
        field("queue", schedule.queue)
        field("state", row.state)
        field("next_at", row.next)
        field("last_at", schedule.lastSlot)
        field("last_scan", schedule.lastScan)
        field("last_state", row.lastState?.rawValue)
        field("created_at", schedule.createdAt)
        field("paused_at", schedule.pausedAt)
        key("error")
        if let failure = schedule.failure { error(failure.code, failure.message) } else { null() }
    }
}

extension ScheduleRow {
    /// Nil where another program wrote an order that this one cannot read.
    var order: ScanOrder? { try? ScanOrder(payload: schedule.payload, version: schedule.version) }

    /// Where the findings come from.
    var source: String { order?.source ?? "" }

    /// The next slot; a slot that is due is not it any more.
    var next: Timestamp? { schedule.nextSlot(after: now) }

    /// `active`, or `paused`.
    var state: String { schedule.pausedAt == nil ? "active" : "paused" }

    /// What became of the last slot, or why there was none.
    var lastLine: String {
        if let failure = schedule.failure { return failure.message }
        guard let scan = schedule.lastScan else { return "-" }
        return "\(scan) (\(lastState?.rawValue ?? "removed"))"
    }
}
