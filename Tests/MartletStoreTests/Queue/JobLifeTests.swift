import MartletCore
import Testing

@testable import MartletStore

@Suite("Queue: the life of a job")
struct JobLifeTests {
    @Test("from the request over a claim to the end; the scan's row tells the same", arguments: Driver.all)
    func life(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            let added = try await queue.queueScan("s1", account: "111")
            #expect(added == Jobs.Enqueued(id: "s1", isNew: true))
            let before = try await queue.machine("s1")
            let claimed = try await queue.claim(lifetime: 5_000)
            let job = try #require(claimed.first)
            #expect(job.job.id == "s1" && job.kind == .scan && job.attempts == 1 && job.payload == "{}")
            // The statement that claims does what the machine says.
            let after = try await queue.machine("s1")
            var generator = SystemRandomNumberGenerator()
            let expected = try before.transition(
                on: .claim(token: job.lease.token), at: try #require(after.claimedAt), using: &generator)
            #expect(after == expected.job)
            let lease = try await queue.store.database.read { try Leases.current(job.lease.account, $0) }
            #expect(lease == job.lease)
            let running = try await queue.scan("s1")
            #expect(running.state == .running && running.token == job.lease.token && running.attempts == 1)
            #expect(running.claimedAt?.milliseconds == after.claimedAt && running.firstClaimedAt == running.claimedAt)

            try await queue.store.database.write { connection in
                try Jobs.apply(.complete(token: job.lease.token), to: job.job, connection)
                try Leases.prove(job.lease, lifetime: 1, connection)
            }
            let ended = try await queue.machine("s1")
            #expect(ended.state == .completed && ended.finishedAt != nil)
            let free = try await queue.store.database.read { try Leases.current(job.lease.account, $0) }
            #expect(free == nil)
            let none = try await queue.claim()
            #expect(none.isEmpty)
        }
    }

    @Test("a unique key finds the job under way, and only that", arguments: Driver.all)
    func uniqueKey(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("s1", account: "111", key: "k")
            let again = try await queue.queueScan("s2", account: "111", key: "k")
            #expect(again == Jobs.Enqueued(id: "s1", isNew: false))
            let job = try #require(try await queue.claim().first)
            let whileRunning = try await queue.queueScan("s3", account: "111", key: "k")
            #expect(!whileRunning.isNew)
            try await queue.apply(.complete(token: job.lease.token), "s1")
            let after = try await queue.queueScan("s4", account: "111", key: "k")
            #expect(after == Jobs.Enqueued(id: "s4", isNew: true))
            let other = try await queue.tenant("second").queueScan("s1", account: "111", key: "k")
            #expect(other.isNew, "another tenant's keys are its own")
        }
    }

    @Test("what cannot run is refused before it is queued", arguments: Driver.all)
    func refused(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            let tenant = queue.store.tenant
            var requests = [
                JobRequest(id: "a", kind: .scan, payload: "{}"),
                JobRequest(id: "a", kind: .retention, payload: "{}", account: 1),
                JobRequest(id: "", kind: .retention, payload: "{}"),
                JobRequest(id: "a\0", kind: .retention, payload: "{}"),
                JobRequest(id: "a", kind: .retention, payload: String(repeating: "x", count: 70_000)),
            ]
            var odd = JobRequest(id: "a", kind: .retention, payload: "{}")
            odd.queue = "No Such"
            requests.append(odd)
            odd.queue = "ok"
            odd.priority = 1_001
            requests.append(odd)
            for request in requests {
                await expectError(.usage) {
                    try await queue.store.database.write { _ = try Jobs.enqueue(request, tenant: tenant, $0) }
                }
            }
            await expectError(.notFound) {
                try await queue.store.database.write {
                    _ = try Jobs.enqueue(
                        JobRequest(id: "a", kind: .scan, payload: "{}", account: 9), tenant: tenant, $0)
                }
            }
            let count = try await queue.store.database.read { try $0.count("jobs") }
            #expect(count == 0)
        }
    }

    @Test("a cancel of a queued job ends it; of a running one it keeps everything from commit", arguments: Driver.all)
    func cancel(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("s1", account: "111")
            try await queue.apply(.requestCancel, "s1")
            let cancelled = try await queue.scan("s1")
            #expect(cancelled.state == .cancelled && cancelled.finishedAt != nil)
            let none = try await queue.claim()
            #expect(none.isEmpty)

            try await queue.apply(.retryByUser, "s1")
            let job = try #require(try await queue.claim().first)
            try await queue.apply(.requestCancel, "s1")
            let requests = try await queue.dispatch.write { try Jobs.cancelRequests($0) }
            #expect(requests == [job.lease.token])
            await expectError(.cancelled) {
                try await queue.store.database.write { connection in
                    try connection.execute("UPDATE accounts SET name = 'published'")
                    try Jobs.apply(.complete(token: job.lease.token), to: job.job, connection)
                }
            }
            try await queue.apply(.stopped(token: job.lease.token), "s1")
            let (name, state) = (
                try await queue.store.database.read { try $0.first("SELECT name FROM accounts") { $0.text(0) } },
                try await queue.machine("s1").state
            )
            #expect(name == "" && state == .cancelled)
            await expectError(.leaseLost) {
                try await queue.store.database.write { try Leases.prove(job.lease, lifetime: 1, $0) }
            }
        }
    }

    @Test("an attempt that fails is out at once and waits; a new one has a greater token", arguments: Driver.all)
    func failure(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("s1", account: "111")
            var limits = JobLimits()
            limits.backoffBase = 0
            var tokens: [Int64] = []
            for attempt in 1...3 {
                let job = try #require(try await queue.claim().first)
                tokens.append(job.lease.token)
                let failure = JobFailure(code: "io", message: "no answer")
                let next = try await queue.apply(
                    .fail(token: job.lease.token, failure, isTransient: true), "s1", limits: limits)
                #expect(next.job.state == (attempt == 3 ? .failed : .queued))
                await expectError(.leaseLost) {
                    try await queue.store.database.write { try Leases.prove(job.lease, lifetime: 1, $0) }
                }
            }
            #expect(tokens == tokens.sorted() && Set(tokens).count == 3)
            let scan = try await queue.scan("s1")
            #expect(scan.state == .failed && scan.errorCode == "io" && scan.errorMessage == "no answer")
            await expectError(.conflict) { try await queue.apply(.requestCancel, "s1") }
            await expectError(.notFound) { try await queue.apply(.requestCancel, "s2") }
        }
    }

    @Test("progress is written under the token, never backwards", arguments: Driver.all)
    func progress(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("s1", account: "111")
            let job = try #require(try await queue.claim().first)
            for permille in [300, 200] {
                try await queue.store.database.write { connection in
                    try Jobs.setProgress(
                        .init(permille: permille, isRepeating: false, text: "reading"), of: job, lifetime: 60_000,
                        connection)
                }
            }
            try await queue.apply(.handBack(token: job.lease.token), "s1")
            let next = try #require(try await queue.claim().first)
            #expect(next.progress == 300)
            await expectError(.leaseLost) {
                try await queue.store.database.write { connection in
                    try Jobs.setProgress(
                        .init(permille: 900, isRepeating: false, text: "zombie"), of: job, lifetime: 60_000, connection)
                }
            }
            let row = try #require(try await queue.store.read { try $0.job("s1") })
            #expect(row.progress == 300 && row.progressText == "reading" && row.attempts == 2)
        }
    }
}
