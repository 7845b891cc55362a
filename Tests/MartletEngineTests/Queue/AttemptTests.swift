import MartletCore
import MartletReference
import MartletStore
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletEngine

/// What happens beside an attempt, and what an attempt leaves alone.
@Suite("Queue: attempts")
struct AttemptTests {
    fileprivate struct Waiting: JobRunner {
        let begun = Gate()
        let end = Gate()

        func run(_ context: JobContext) async throws -> JobOutcome {
            begun.open()
            await end.pass()
            return .done
        }

        func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
    }

    private func enqueue(_ test: TestStore, _ id: String) async throws {
        let tenant = test.store.tenant
        try await test.store.database.write {
            _ = try Jobs.enqueue(JobRequest(id: id, kind: .retention, payload: "{}"), tenant: tenant, $0)
        }
    }

    private func expiry(_ test: TestStore) async throws -> Int64? {
        try await test.store.database.scoped(to: .dispatch).read {
            try $0.first("SELECT MIN(expires_at) FROM leases") { $0.int(0) }
        }
    }

    @Test(
        "work that takes longer than many leases is renewed, and never begun a second time",
        arguments: StorePlace.allCases)
    func longerThanItsLease(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await enqueue(test, "j")
            // A renewal is due at once, and again and again; the lifetime leaves a busy machine its time.
            var settings = PoolFixture.settings
            settings.timing.renewal = 5
            let runner = Waiting()
            try await fixture.running(fixture.pool(settings, [.retention: runner])) {
                await runner.begun.pass()
                let first = try #require(try await expiry(test))
                var renewals = 0
                var last = first
                while renewals < 8 {
                    let now = try #require(try await expiry(test))
                    if now > last { renewals += 1 }
                    last = now
                    try await Task.sleep(for: .milliseconds(5))
                }
                runner.end.open()
                while try await !fixture.job("j").state.isFinal { try await Task.sleep(for: .milliseconds(5)) }
            }
            let job = try await fixture.job("j")
            #expect(job.state == .completed && job.attempts == 1 && job.losses == 0)
        }
    }

    @Test("an account that is edited during its scan keeps the edit", arguments: StorePlace.allCases)
    func editedMeanwhile(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            let (begun, goOn) = (Gate(), Gate())
            let pool = fixture.pool(
                PoolFixture.runners { _ in
                    let source = MemorySource([Statement(uid: "u1"), Statement(uid: "u2")], at: 5, batch: 1) { index in
                        guard index == 1 else { return }
                        begun.open()
                        await goOn.pass()
                    }
                    return (source, nil)
                })
            let id = try await fixture.start()
            try await fixture.running(pool) {
                await begun.pass()
                try await test.store.database.write { try $0.execute("UPDATE accounts SET name = 'edited'") }
                goOn.open()
                let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                #expect(scan.state == .completed)
            }
            let names = try await test.store.read { try $0.accounts().map(\.name) }
            #expect(names == ["edited"])
        }
    }

    @Test("of a thousand steps a hundred are written, and never a smaller one", arguments: StorePlace.allCases)
    func progressWrites(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await enqueue(test, "j")
            struct Stepping: JobRunner {
                let test: TestStore

                func run(_ context: JobContext) async throws -> JobOutcome {
                    for permille in 1...1_000 {
                        // Now and then something less is told.
                        context.report(permille, "step")
                        context.report(permille - 7, "step")
                        guard permille % 10 == 0 else { continue }
                        // Written in a transaction of its own, beside the work: wait until it is there.
                        // Where the machine stood still for 10 s, an odd step was written, and the next ten steps later.
                        while try await test.store.read({ try $0.job("j")?.progress ?? 0 }) < permille - 9 {
                            try await Task.sleep(for: .milliseconds(1))
                        }
                    }
                    return .done
                }

                func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
            }
            await test.store.database.setStatementLog(true)
            let begun = ContinuousClock.now
            try await fixture.running(fixture.pool([.retention: Stepping(test: test)])) {
                while try await !fixture.job("j").state.isFinal { try await Task.sleep(for: .milliseconds(5)) }
            }
            let log = await test.store.database.statementLog()
            // One more for each 10 s without a hundredth: none on a machine that is not held up.
            let pauses = Int((ContinuousClock.now - begun).components.seconds) / 10
            let writes = log.filter { $0.contains("progress_attempt") }.count
            #expect(abs(writes - 100) <= pauses, "\(writes) writes")
            let job = try await fixture.job("j")
            #expect(job.state == .completed && job.progress == 1_000)
        }
    }

    @Test("a notification that nobody hears costs one look: once a second", arguments: StorePlace.allCases)
    func lostNotification(place: StorePlace) async throws {
        #expect(WorkerSettings().polling == 1_000)
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            var settings = WorkerSettings()
            settings.grace = 0
            let pool = fixture.pool(settings, [.retention: Waiting.ended])
            try await fixture.running(pool) {
                // It has looked, found nothing, and waits; nobody listens.
                while await pool.pulse.beats[.claim] == nil { await Task.yield() }
                let before = await pool.pulse.beats[.claim]
                while await pool.pulse.beats[.claim] == before { try await Task.sleep(for: .milliseconds(5)) }
                try await enqueue(test, "j")
                while try await !fixture.job("j").state.isFinal { try await Task.sleep(for: .milliseconds(5)) }
            }
        }
    }

    @Test("a worker that waits holds no transaction open")
    func idle() async throws {
        let place = try await PostgresPlace()
        let store = try await Store.open(url: place.url + "&application_name=\(place.schema)")
        let pool = WorkerPool(store: store, runners: [.retention: Waiting.ended], settings: WorkerSettings())
        let run = Task { await pool.run() }
        var seen = 0
        var open = 0
        // At the moment of a look it has one; what it must not have is one that stays.
        for _ in 0..<40 {
            let counts = try place.psql(
                """
                SELECT COUNT(*), COUNT(*) FILTER (WHERE state LIKE 'idle in transaction%'
                AND state_change < clock_timestamp() - interval '1 s')
                FROM pg_stat_activity WHERE application_name = '\(place.schema)'
                """
            ).trimmingCharacters(in: .whitespacesAndNewlines).split(separator: "|").compactMap { Int($0) }
            seen = max(seen, counts.first ?? 0)
            open = max(open, counts.last ?? 0)
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(seen > 0 && open == 0)
        await pool.stop()
        await run.value
        await store.close()
        await place.remove()
    }

    @Test("errors of the database at any statement of the queue leave the pool working", arguments: StorePlace.allCases)
    func errorsOfTheDatabase(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let database = FailingDatabase(test.store.database)
            let store = try await Store.open(database: database, url: test.url, tenant: test.store.tenantName)
            let failing = TestStore(store: store, url: test.url)
            let fixture = PoolFixture(test: failing)
            let pool = fixture.pool([.retention: Waiting.ended])
            try await fixture.running(pool) {
                for (number, text) in ["leases", "jobs", "UPDATE", "fences"].enumerated() {
                    database.fail(at: text)
                    try await enqueue(test, "j\(number)")
                    // It has met the error and said so.
                    let before = fixture.lines.all.count
                    while fixture.lines.all.count == before { try await Task.sleep(for: .milliseconds(5)) }
                    database.fail(at: nil)
                    while try await !fixture.job("j\(number)").state.isFinal {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    let job = try await fixture.job("j\(number)")
                    #expect(job.state == .completed)
                }
            }
        }
    }

    @Test(
        "the end of an attempt that comes too late changes nothing of what was decided", arguments: StorePlace.allCases)
    func lateEnd(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await enqueue(test, "j")
            let claimed = try await test.store.database.scoped(to: .dispatch).write {
                try Jobs.claim(ClaimRequest(worker: Worker(name: "z", host: "gone", pid: 1), lifetime: -1), $0)
            }
            let zombie = try #require(claimed.first)
            let lost = try #require(
                try await test.store.database.scoped(to: .dispatch).read { try Jobs.suspects(seenFrom: "here", $0) }
                    .first)
            var limits = JobLimits()
            limits.maximumLosses = 1
            let bound = limits
            let taken = try await test.store.database.scoped(to: .dispatch).write {
                try Jobs.rescue(lost, isDead: false, limits: bound, $0)
            }
            #expect(taken)
            let failed = try await fixture.job("j")
            #expect(failed.state == .failed && failed.failure?.code == "worker_lost" && failed.finishedAt != nil)
            let failure = JobFailure(code: "io", message: "late")
            let token = zombie.lease.token
            for event in [
                JobEvent.complete(token: token), .fail(token: token, failure, isTransient: true),
                .handBack(token: token), .stopped(token: token), .lose(token: token),
            ] {
                await expectError(.leaseLost) {
                    try await test.store.database.write { _ = try Jobs.apply(event, to: zombie.job, $0) }
                }
            }
            let job = try await fixture.job("j")
            #expect(job == failed)
        }
    }
}

extension AttemptTests.Waiting {
    /// One whose work is done at once.
    fileprivate static var ended: Self {
        let runner = Self()
        runner.end.open()
        return runner
    }
}
