import MartletCore
import Testing

@testable import MartletStore

@Suite("Queue: claims")
struct ClaimTests {
    @Test("priority goes before age; what is not due, held, or of other queues is passed over", arguments: Driver.all)
    func order(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("old", account: "1")
            try await queue.queueScan("new", account: "2")
            try await queue.queueScan("urgent", account: "3", priority: 5)
            try await queue.queueScan("later", account: "4", priority: 9, runAt: 1 << 50)
            try await queue.queueScan("other", account: "5", priority: 9, queue: "slow")
            try await queue.queueScan("held", account: "6", priority: 9)
            let tenant = queue.store.tenant
            try await queue.store.database.write { connection in
                let account = try Sample.account("6", tenant, connection)
                _ = try Leases.claim(
                    account, scan: "import", worker: Sample.worker("import"), lifetime: 60_000, connection)
            }
            let ids = try await queue.drain(queues: ["default", "unused"])
            #expect(ids == ["urgent", "old", "new"])
            let all = try await queue.drain()
            #expect(all == ["other"])
            let status = try await queue.store.read { try $0.queue() }
            #expect(status.running == 4 && status.depth == 1 && status.delayed == 1)
            let waits = Dictionary(uniqueKeysWithValues: status.jobs.map { ($0.id, $0.wait) })
            #expect(waits["later"] == .time(Timestamp(milliseconds: 1 << 50)))
            if case .held(let holder, _, let job) = waits["held"] {
                #expect(holder.name == "import" && job == "import")
            } else {
                Issue.record("no reason")
            }
        }
    }

    @Test("one job of an account at a time, in one claim and over several", arguments: Driver.all)
    func oneOfAccount(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            for number in 1...4 { try await queue.queueScan("a\(number)", account: "1") }
            try await queue.queueScan("b1", account: "2")
            let jobs = try await queue.claim(10)
            #expect(Set(jobs.map(\.job.id)) == ["a1", "b1"])
            let none = try await queue.claim(10)
            #expect(none.isEmpty)
            let first = try #require(jobs.first { $0.job.id == "a1" })
            try await queue.apply(.complete(token: first.lease.token), "a1")
            let next = try await queue.claim(10)
            #expect(next.map(\.job.id) == ["a2"])
        }
    }

    @Test("the tenant with the fewest running ones goes first, in one claim and over several", arguments: Driver.all)
    func fair(driver: Driver) async throws {
        try await QueueFixture.with(driver) { first in
            let second = try await first.tenant("second")
            for number in 1...6 { try await first.queueScan("a\(number)", account: "\(number)", priority: 9) }
            for number in 1...3 { try await second.queueScan("b\(number)", account: "\(number)") }
            let together = try await first.claim(4)
            #expect(together.map(\.job.id).sorted() == ["a1", "a2", "b1", "b2"])
            var rest: [String] = []
            for _ in 0..<5 { rest += try await first.claim().map(\.job.id) }
            #expect(rest == ["a3", "b3", "a4", "a5", "a6"])
        }
    }

    @Test("a tenant with 10,000 jobs delays another's single job by at most one job", arguments: Driver.all)
    func tenThousand(driver: Driver) async throws {
        try await QueueFixture.with(driver) { first in
            try await Self.fill(first, queued: 10_000)
            let second = try await first.tenant("second")
            let before = try await first.claim(2)
            #expect(before.allSatisfy { $0.job.tenant == first.store.tenant } && before.count == 2)
            try await second.queueScan("single", account: "1")
            let next = try await first.claim()
            #expect(next.map(\.job.id) == ["single"])
        }
    }

    @Test("many workers at once never get the same job, and together all of them", arguments: Driver.all)
    func concurrent(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await Self.fill(queue, queued: 120)
            let claims = try await withThrowingTaskGroup(of: [ClaimedJob].self) { group in
                for worker in 0..<6 {
                    group.addTask {
                        var jobs: [ClaimedJob] = []
                        var idle = 0
                        while idle < 3 {
                            let claimed = try await queue.claim(worker % 2 == 0 ? 1 : 5, worker: "w\(worker)")
                            idle = claimed.isEmpty ? idle + 1 : 0
                            jobs += claimed
                        }
                        return jobs
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claims.count == 120)
            #expect(Set(claims.map(\.job.id)).count == 120 && Set(claims.map(\.lease.token)).count == 120)
            let stored = try await queue.store.database.read { connection in
                try connection.first(
                    """
                    SELECT COUNT(*) FROM jobs j JOIN leases l ON l.account = j.account AND l.token = j.token
                    JOIN fences f ON f.account = j.account AND f.token = j.token WHERE j.state = 'running'
                    """
                ) { $0.int(0) }
            }
            #expect(stored == 120)
        }
    }

    @Test("the tenant's own work of one kind happens one job after the other", arguments: Driver.all)
    func ownWork(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            let tenant = queue.store.tenant
            try await queue.store.database.write { connection in
                for number in 1...2 {
                    for kind in [JobKind.retention, .reevaluation] {
                        _ = try Jobs.enqueue(
                            JobRequest(id: "\(kind)\(number)", kind: kind, payload: "{}"), tenant: tenant, connection)
                    }
                }
            }
            let jobs = try await queue.claim(9)
            #expect(Set(jobs.map(\.job.id)) == ["retention1", "reevaluation1"])
            #expect(Set(jobs.map(\.lease.account.account)) == [-1, -2])
        }
    }

    @Test("a claim of PostgreSQL is one statement and reads no finished job")
    func plan() async throws {
        try await QueueFixture.with(Driver.postgres) { queue in
            try await Self.fill(queue, queued: 2_000, finished: 20_000)
            try await queue.store.everything.run("ANALYZE jobs", "ANALYZE fences")
            let request = ClaimRequest(worker: Sample.worker(), limit: 1, lifetime: 1_000)
            let plan = try await queue.dispatch.write { connection -> [String] in
                let handle = try #require(connection as? PostgresConnection).handle
                let result = try handle.run("EXPLAIN " + Self.inlined(request), PostgresParameters())
                return (0..<result.rowCount).map { String(decoding: result.bytes($0, 0), as: UTF8.self) }
            }
            let text = plan.joined(separator: "\n")
            #expect(plan.contains { $0.contains("jobs_queued") }, "\(text)")
            #expect(!plan.contains { $0.contains("Seq Scan on jobs") }, "\(text)")
            await queue.store.database.setStatementLog(true)
            _ = try await queue.claim()
            let log = await queue.store.database.statementLog()
            #expect(log.count == 3, "BEGIN, the claim, COMMIT")
        }
    }

    /// The claim with its values inside: EXPLAIN takes no placeholders through a cursor.
    static func inlined(_ request: ClaimRequest) -> String {
        var sql = Jobs.claimSQL(request)
        for (mark, text) in [("$1", "'w'"), ("$2", "'h'"), ("$3", "1"), ("$4", "1000"), ("$5", "1")] {
            while let range = sql.firstRange(of: mark) { sql.replaceSubrange(range, with: text) }
        }
        return sql
    }

    /// Accounts with a queued scan each, and finished jobs.
    static func fill(_ queue: QueueFixture, queued: Int, finished: Int = 0) async throws {
        let tenant = queue.store.tenant
        try await queue.store.database.write { connection in
            let accounts = try connection.load(into: "accounts", columns: ["tenant", "id", "provider", "uid"])
            let fences = try connection.load(into: "fences", columns: ["tenant", "account", "token"])
            let jobs = try connection.load(
                into: "jobs",
                columns: [
                    "tenant", "id", "kind", "version", "payload", "account", "queue", "state", "run_at", "queued_at",
                    "attempts", "token", "first_claimed_at", "claimed_at", "finished_at",
                ])
            for number in 1...Int64(max(queued, finished)) {
                if number <= Int64(queued) {
                    for value in [tenant, number] { accounts.add(value) }
                    accounts.add("aws")
                    accounts.add("a\(number)")
                    try accounts.endRow()
                    for value in [tenant, number, 0] { fences.add(value) }
                    try fences.endRow()
                }
                for isFinished in [false, true] where number <= Int64(isFinished ? finished : queued) {
                    jobs.add(tenant)
                    jobs.add(isFinished ? "f\(number)" : "q\(number)")
                    jobs.add("scan")
                    jobs.add(1 as Int64)
                    jobs.add("{}")
                    jobs.add(isFinished ? number % Int64(queued) + 1 : number)
                    jobs.add("default")
                    jobs.add(isFinished ? "completed" : "queued")
                    for value in [1, number] { jobs.add(value) }
                    for column in 0..<5 {
                        // Attempts and token are never null.
                        if isFinished || column < 2 { jobs.add(Int64(isFinished ? 1 : 0)) } else { jobs.addNull() }
                    }
                    try jobs.endRow()
                }
            }
            try accounts.finish()
            try fences.finish()
            try jobs.finish()
        }
    }
}
