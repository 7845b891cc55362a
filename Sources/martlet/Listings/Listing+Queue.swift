import MartletCore
import MartletStore

extension Listing where Row == JobRow {
    /// The jobs of `martlet queue`.
    static var jobs: Listing {
        Listing(
            columns: [
                Column("JOB") { $0.id },
                Column("KIND") { $0.kind.rawValue },
                Column("ACCOUNT", flexible: true) { $0.account?.uid ?? "-" },
                Column("STATE") { $0.isCancelRequested ? "cancelling" : $0.state.rawValue },
                Column("PRIORITY", right: true) { String($0.priority) },
                Column("ATTEMPT", right: true) { String($0.attempts) },
                Column("PROGRESS", right: true) { $0.state == .running ? $0.progressLine : "-" },
                Column("QUEUED") { CellText.time($0.queuedAt) },
                Column("HELD BY / WAITS FOR", flexible: true) { $0.holderLine ?? $0.waitLine ?? "-" },
            ],
            fields: [
                ("job", { $0.id }), ("kind", { $0.kind.rawValue }), ("account", { $0.account?.uid ?? "" }),
                ("provider", { $0.account?.provider.name ?? "" }), ("state", { $0.state.rawValue }),
                ("queue", { $0.queue }), ("priority", { String($0.priority) }), ("attempts", { String($0.attempts) }),
                ("losses", { String($0.losses) }), ("progress", { Quantity.decimal(Double($0.progress) / 10, 1) }),
                ("queued_at", { $0.queuedAt.rfc3339 }), ("run_at", { $0.runAt.rfc3339 }),
                ("claimed_at", { $0.claimedAt?.rfc3339 ?? "" }), ("worker", { $0.holder?.name ?? "" }),
                ("held_until", { $0.heldUntil?.rfc3339 ?? "" }), ("waits_for", { $0.waitLine ?? "" }),
            ], json: { $1.job($0) }, empty: "nothing waits and nothing runs")
    }
}

extension Listing where Row == QueueStatus {
    /// `martlet queue` as one object.
    static var queue: Listing {
        Listing(columns: [], fields: [], json: { $1.queue($0) }, empty: "")
    }
}

extension JSONWriter {
    /// The members of what waits and what runs.
    mutating func queue(_ status: QueueStatus) {
        field("depth", status.depth)
        field("delayed", status.delayed)
        field("running", status.running)
        field("oldest_queued_at", status.oldest)
        key("time_in_queue")
        beginObject()
        key("p50_ms")
        if let wait = status.medianWait { int(wait) } else { null() }
        key("p95_ms")
        if let wait = status.longWait { int(wait) } else { null() }
        endObject()
        key("jobs")
        beginArray()
        for row in status.jobs {
            beginObject()
            job(row)
            endObject()
        }
        endArray()
    }

    /// The members of a job.
    mutating func job(_ row: JobRow) {
        field("job", row.id)
        field("kind", row.kind.rawValue)
        field("account", row.account?.uid)
        field("provider", row.account?.provider.name)
        field("state", row.state.rawValue)
        field("queue", row.queue)
        field("priority", row.priority)
        field("attempts", row.attempts)
        field("losses", row.losses)
        field("progress", Double(row.progress) / 10)
        field("progress_text", row.progressText)
        field("cancel_requested", row.isCancelRequested)
        field("queued_at", row.queuedAt)
        field("run_at", row.runAt)
        field("first_claimed_at", row.firstClaimedAt)
        field("claimed_at", row.claimedAt)
        key("holder")
        if let holder = row.holder { worker(holder) } else { null() }
        field("held_until", row.heldUntil)
        field("token", row.token)
        field("waits_for", row.waitLine)
    }
}
