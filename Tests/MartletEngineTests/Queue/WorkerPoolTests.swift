import MartletCore
import MartletStore
import Synchronization
import Testing

@testable import MartletEngine

@Suite("Queue: pools of workers")
struct WorkerPoolTests {
    /// A runner that counts its attempts and does what it is told.
    private final class Scripted: JobRunner {
        private let attempts = Mutex(0)
        private let body: @Sendable (Int, JobContext) async throws -> JobOutcome

        init(_ body: @escaping @Sendable (Int, JobContext) async throws -> JobOutcome) { self.body = body }

        var count: Int { attempts.withLock { $0 } }

        func run(_ context: JobContext) async throws -> JobOutcome {
            let number = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            return try await body(number, context)
        }

        func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
    }

    /// A job of the tenant's own.
    private func enqueue(_ fixture: PoolFixture, _ id: String, _ kind: JobKind = .retention) async throws {
        let tenant = fixture.test.store.tenant
        try await fixture.test.store.database.write {
            _ = try Jobs.enqueue(JobRequest(id: id, kind: kind, payload: "{}"), tenant: tenant, $0)
        }
    }

    private func wait(_ fixture: PoolFixture, _ id: String, until isThere: (JobRow) -> Bool) async throws -> JobRow {
        for _ in 0..<6_000 {
            let row = try await fixture.job(id)
            if isThere(row) { return row }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it never came to that: \(try await fixture.job(id)); \(fixture.lines.all)")
        throw MartletError(.limit, "waited too long")
    }

    @Test(
        "the job of a dead worker is taken over, with a greater token and its loss counted",
        arguments: StorePlace.allCases)
    func takeover(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await enqueue(fixture, "j")
            let dead = try await test.store.database.scoped(to: .dispatch).write {
                try Jobs.claim(
                    ClaimRequest(worker: Worker(name: "dead", host: "gone", pid: 1), lifetime: 50), $0)
            }
            let zombie = try #require(dead.first)
            let runner = Scripted { _, _ in .done }
            try await fixture.running(fixture.pool([.retention: runner])) {
                let job = try await wait(fixture, "j") { $0.state.isFinal }
                #expect(job.state == .completed && job.losses == 1 && job.attempts == 2)
                #expect(job.token > zombie.lease.token && runner.count == 1)
            }
            await expectError(.leaseLost) {
                try await test.store.database.write { try Leases.prove(zombie.lease, lifetime: 1, $0) }
            }
        }
    }

    @Test("a pool that stops hands back what does not finish within the grace", arguments: StorePlace.allCases)
    func handBack(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await enqueue(fixture, "j")
            let gate = Gate()
            let runner = Scripted { _, _ in
                await gate.pass()
                return .done
            }
            let pool = fixture.pool([.retention: runner])
            try await fixture.running(pool) { _ = try await wait(fixture, "j") { $0.state == .running } }
            let job = try await fixture.job("j")
            #expect(job.state == .queued && job.losses == 0 && job.attempts == 1 && job.failure == nil)
            gate.open()
            let held = await pool.held
            #expect(held == 0)
        }
    }

    @Test("what finishes within the grace is completed")
    func grace() async throws {
        for place in StorePlace.allCases {
            try await TestStore.with(place) { test in
                let fixture = PoolFixture(test: test)
                try await enqueue(fixture, "j")
                let gate = Gate()
                var settings = PoolFixture.settings
                settings.grace = 600_000
                let pool = fixture.pool(
                    settings,
                    [
                        .retention: Scripted { _, _ in
                            await gate.pass()
                            return .done
                        }
                    ])
                try await fixture.running(pool) {
                    _ = try await wait(fixture, "j") { $0.state == .running }
                    await pool.stop()
                    gate.open()
                }
                let job = try await fixture.job("j")
                #expect(job.state == .completed)
            }
        }
    }

    @Test("an attempt that does nothing is ended and counted, and so is one that takes too long")
    func limits() async throws {
        for place in StorePlace.allCases {
            try await TestStore.with(place) { test in
                let fixture = PoolFixture(test: test)
                for (code, keyPath) in [("stalled", \JobLimits.stall), ("time_limit", \JobLimits.total)] {
                    var settings = PoolFixture.settings
                    settings.limits[keyPath: keyPath] = 60
                    settings.limits.maximumAttempts = 2
                    settings.patience = 50
                    try await enqueue(fixture, code)
                    // Deaf to its cancellation, too.
                    let gate = Gate()
                    let runner = Scripted { _, _ in
                        await gate.pass()
                        return .done
                    }
                    try await fixture.running(fixture.pool(settings, [.retention: runner])) {
                        let job = try await wait(fixture, code) { $0.state.isFinal }
                        #expect(job.state == .failed && job.failure?.code == code && job.attempts == 2)
                        // The last one may have been ended before it has begun.
                        #expect(runner.count <= 2)
                    }
                    gate.open()
                }
            }
        }
    }

    @Test("the stall limit runs from the last sign of life, the total limit from the start")
    func signsOfLife() async throws {
        try await TestStore.with(.sqlite) { test in
            let fixture = PoolFixture(test: test)
            try await enqueue(fixture, "j")
            let claims = try await test.store.database.scoped(to: .dispatch).write {
                try Jobs.claim(ClaimRequest(worker: .current(), lifetime: 60_000), $0)
            }
            let context = JobContext(job: try #require(claims.first), store: test.store, lifetime: 60_000)
            var limits = JobLimits()
            (limits.stall, limits.total) = (1_000, 50_000)
            let started = context.activeAt
            let entry = RunningJob(
                context: context, task: Task {}, startedAt: started,
                lease: LeaseMachine(claimSentAt: started, timing: LeaseTiming()),
                trace: JobTrace(context.job, claimTook: 0))
            #expect(entry.limit(limits, at: started + 999) == nil)
            #expect(entry.limit(limits, at: started + 1_000) == .stalled)
            try await Task.sleep(for: .milliseconds(5))
            context.touch()
            #expect(context.activeAt > started)
            #expect(entry.limit(limits, at: context.activeAt + 999) == nil)
            #expect(entry.limit(limits, at: started + 50_000) == .timeLimit)
        }
    }

    @Test("progress reaches the row", arguments: StorePlace.allCases)
    func progress(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await enqueue(fixture, "j")
            let gate = Gate()
            let runner = Scripted { _, context in
                for permille in [100, 400, 300, 425] { context.report(permille, "at \(permille)") }
                await gate.pass()
                return .done
            }
            try await fixture.running(fixture.pool([.retention: runner])) {
                let job = try await wait(fixture, "j") { $0.progress == 425 }
                #expect(job.progressText == "at 425" && job.state == .running)
                gate.open()
                let ended = try await wait(fixture, "j") { $0.state.isFinal }
                #expect(ended.progress == 1000)
            }
        }
    }

    @Test("two pools share the work; every job is done once", arguments: StorePlace.allCases)
    func twoPools(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            for number in 0..<12 { try await fixture.addAccount("\(number)") }
            var ids: [String] = []
            for number in 0..<12 { ids.append(try await fixture.start("\(number)")) }
            let runner = Scripted { _, _ in .done }
            let (first, second) = (fixture.pool([.scan: runner]), fixture.pool([.scan: runner]))
            try await fixture.running(first) {
                try await fixture.running(second) {
                    for id in ids {
                        let job = try await wait(fixture, id) { $0.state.isFinal }
                        #expect(job.state == .completed && job.attempts == 1)
                    }
                }
            }
            #expect(runner.count == 12)
        }
    }

    @Test("a notification wakes a pool that would look for work only in an hour")
    func notified() async throws {
        try await TestStore.with(.postgresql) { test in
            let fixture = PoolFixture(test: test)
            var settings = PoolFixture.settings
            settings.polling = 3_600_000
            let pool = fixture.pool(settings, [.retention: Scripted { _, _ in .done }])
            let listener = try #require(try PostgresListener(store: test.store))
            let woken = Mutex(0)
            let listening = Task {
                await listener.listen {
                    woken.withLock { $0 += 1 }
                    Task { await pool.wakeUp.signal() }
                }
            }
            try await fixture.running(pool) {
                // It listens from now on.
                while woken.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(10)) }
                try await enqueue(fixture, "j")
                let job = try await wait(fixture, "j") { $0.state.isFinal }
                #expect(job.state == .completed)
            }
            listener.stop()
            await listening.value
        }
    }
}
