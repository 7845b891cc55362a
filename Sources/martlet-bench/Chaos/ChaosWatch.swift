import MartletCore
import MartletStore

/// What is seen of the jobs from outside while things happen to their workers.
actor ChaosWatch {
    private let reader: PatientReader
    private let tenant: Int64
    private var last: [String: Seen] = [:]
    /// Jobs whose worker has died or was stopped: since when, and in which attempt.
    private var orphans: [String: (since: Int64, attempts: Int64)] = [:]
    private var returnedAt: Int64?
    private(set) var report = ChaosReport()
    private var history = ChaosHistory()

    private struct Seen: Sendable {
        var id: String
        var account: Int64
        var state: JobState
        var attempts: Int64
        var losses: Int64
        var token: Int64
        var claimedAt: Int64
    }

    init(_ store: Store) {
        reader = PatientReader(database: store.database)
        tenant = store.tenant
    }

    /// Something was done.
    func count(_ event: String) { report.events[event, default: 0] += 1 }

    /// A worker does nothing any more, from now on.
    func workerGone(_ pid: Int32) async throws {
        let tenant = tenant
        let (now, held) = try await reader.read { connection -> (Int64, [(String, Int64)]) in
            var held: [(String, Int64)] = []
            try connection.query(
                "SELECT id, attempts FROM jobs WHERE tenant = $1 AND state = 'running' AND pid = $2",
                [.int(tenant), .int(Int64(pid))]
            ) { held.append(($0.text(0), $0.int(1))) }
            return (try connection.now(), held)
        }
        for (id, attempts) in held {
            orphans[id] = (now, attempts)
            history.add("worker \(pid) gone", to: id, at: now)
        }
    }

    /// The database is back.
    func databaseReturned() async throws {
        let now = try await reader.read { try $0.now() }
        returnedAt = now
        for id in orphans.keys {
            orphans[id]?.since = now
            history.add("database back", to: id, at: now)
        }
    }

    /// Looks at all jobs. Gives how many have not ended.
    func look() async throws -> Int {
        let tenant = tenant
        let (now, rows) = try await reader.read { connection -> (Int64, [Seen]) in
            var rows: [Seen] = []
            try connection.query(
                """
                SELECT id, state, attempts, losses, token, claimed_at, account FROM jobs WHERE tenant = $1 AND kind = 'scan'
                """, [.int(tenant)]
            ) { row in
                rows.append(
                    Seen(
                        id: row.text(0), account: row.int(6), state: JobState(rawValue: row.text(1)) ?? .failed,
                        attempts: row.int(2),
                        losses: row.int(3), token: row.int(4), claimedAt: row.optionalInt(5) ?? 0))
            }
            return (try connection.now(), rows)
        }
        for row in rows {
            if let before = last[row.id], before.state != row.state || before.token != row.token {
                history.add(
                    "\(row.state.rawValue), attempt \(row.attempts), losses \(row.losses)", to: row.id, at: now)
            }
            note(row, before: last[row.id])
            last[row.id] = row
        }
        report.losses = rows.reduce(0) { $0 + Int($1.losses) }
        return rows.count { $0.state == .queued || $0.state == .running }
    }

    private func note(_ row: Seen, before: Seen?) {
        if let before {
            // One that is retried has no claim, and the token of its last one, until the next.
            if row.claimedAt != 0, row.claimedAt != before.claimedAt, row.token <= before.token {
                report.violations.append("scan \(row.id): token \(row.token) after \(before.token)")
            }
            if before.state == .completed, row.state != .completed {
                report.violations.append("scan \(row.id): \(row.state.rawValue) after completed")
            }
        }
        if let returned = returnedAt, row.claimedAt > returned {
            report.recoveries.append(row.claimedAt - returned)
            returnedAt = nil
        }
        guard let orphan = orphans[row.id] else { return }
        if row.attempts > orphan.attempts {
            // Of several attempts since then the first is not seen.
            if row.attempts == orphan.attempts + 1 {
                let pause = row.claimedAt - orphan.since
                report.takeovers.append(pause)
                if pause > Int64(ChaosReport.limit) {
                    let others = last.values.filter { $0.account == row.account && $0.id != row.id }.map(\.id)
                    report.slow.append(history.story(of: row.id, since: orphan.since, others: others))
                }
            }
            orphans[row.id] = nil
        } else if row.state != .running, row.state != .queued {
            orphans[row.id] = nil
        }
    }

    func fail(_ violation: String) { report.violations.append(violation) }
}
