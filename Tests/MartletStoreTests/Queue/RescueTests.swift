import Dispatch
import MartletCore
import Testing

@testable import MartletStore

@Suite("Queue: renewal and rescue")
struct RescueTests {
    private static func wait(_ semaphore: DispatchSemaphore) { semaphore.wait() }

    @Test("leases are renewed together; who lost one learns it, and who is to cancel, too", arguments: Driver.all)
    func renew(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            for number in 1...3 { try await queue.queueScan("s\(number)", account: "\(number)") }
            let jobs = try await queue.claim(3, lifetime: 1)
            let leases = jobs.map(\.lease)
            #expect(leases.count == 3)
            try await queue.apply(.requestCancel, jobs[1].job.id)
            try await queue.apply(.handBack(token: leases[2].token), jobs[2].job.id)
            let answers = try await queue.dispatch.write { try Jobs.renew(leases, lifetime: 60_000, $0) }
            #expect(
                answers == [
                    LeaseRenewal(token: leases[0].token, answer: .renewed, isCancelRequested: false),
                    LeaseRenewal(token: leases[1].token, answer: .renewed, isCancelRequested: true),
                    LeaseRenewal(token: leases[2].token, answer: .lost, isCancelRequested: false),
                ])
            let suspects = try await queue.suspects()
            #expect(suspects.isEmpty)
            let none = try await queue.dispatch.write { try Jobs.renew([], lifetime: 1, $0) }
            #expect(none.isEmpty)
        }
    }

    @Test("an expired lease is taken: the zombie is out, the job queued, the loss counted", arguments: Driver.all)
    func expired(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("s1", account: "1")
            let zombie = try #require(try await queue.claim(lifetime: -1).first)
            let lost = try #require(try await queue.suspects().first)
            #expect(lost.lease?.token == zombie.lease.token && lost.job == zombie.job)
            let done = try await queue.dispatch.write { try Jobs.rescue(lost, isDead: false, $0) }
            #expect(done)
            let again = try await queue.dispatch.write { try Jobs.rescue(lost, isDead: false, $0) }
            #expect(!again, "it is done once")
            await expectError(.leaseLost) {
                try await queue.store.database.write { try Leases.prove(zombie.lease, lifetime: 1_000, $0) }
            }
            let machine = try await queue.machine("s1")
            #expect(machine.state == .queued && machine.losses == 1 && machine.failedAttempts == 0)
            let scan = try await queue.scan("s1")
            #expect(scan.state == .queued && scan.attempts == 1)
            let next = try #require(try await queue.claim().first)
            #expect(next.lease.token > zombie.lease.token && next.attempts == 2)
            await expectError(.leaseLost) { try await queue.apply(.complete(token: zombie.lease.token), "s1") }
        }
    }

    @Test("a live lease is left alone unless its holder is known to be dead", arguments: Driver.all)
    func dead(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("s1", account: "1")
            let job = try #require(try await queue.claim().first)
            let elsewhere = try await queue.suspects()
            #expect(elsewhere.isEmpty)
            let here = try #require(try await queue.suspects(host: job.lease.holder.host).first)
            let left = try await queue.dispatch.write { try Jobs.rescue(here, isDead: false, $0) }
            #expect(!left)
            try await queue.store.database.write { try Leases.prove(job.lease, lifetime: 60_000, $0) }
            let taken = try await queue.dispatch.write { try Jobs.rescue(here, isDead: true, $0) }
            #expect(taken)
        }
    }

    @Test("a renewal between the look and the rescue saves the holder", arguments: Driver.all)
    func saved(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("s1", account: "1")
            let job = try #require(try await queue.claim(lifetime: -1).first)
            let lost = try #require(try await queue.suspects().first)
            _ = try await queue.dispatch.write { try Jobs.renew([job.lease], lifetime: 60_000, $0) }
            let done = try await queue.dispatch.write { try Jobs.rescue(lost, isDead: false, $0) }
            #expect(!done)
        }
    }

    @Test("a running job whose lease is gone, or another's, is lost", arguments: Driver.all)
    func withoutLease(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            try await queue.queueScan("s1", account: "1")
            let job = try #require(try await queue.claim().first)
            // An import that took the expired account over.
            try await queue.store.database.write { connection in
                _ = try Leases.claim(
                    job.lease.account, scan: "import", worker: Sample.worker(), lifetime: 60_000, connection)
            }
            let lost = try #require(try await queue.suspects().first)
            #expect(lost.lease == nil)
            let done = try await queue.dispatch.write { try Jobs.rescue(lost, isDead: false, $0) }
            #expect(done)
            let lease = try await queue.store.database.read { try Leases.current(job.lease.account, $0) }
            #expect(lease?.scan == "import", "the import's lease stays")
        }
    }

    @Test("a cancelled or too often lost job ends with its rescue", arguments: Driver.all)
    func ends(driver: Driver) async throws {
        try await QueueFixture.with(driver) { queue in
            for id in ["s1", "s2"] {
                try await queue.queueScan(id, account: id)
                _ = try await queue.claim(lifetime: -1)
            }
            try await queue.apply(.requestCancel, "s1")
            var limits = JobLimits()
            limits.maximumLosses = 1
            for lost in try await queue.suspects() {
                let bound = limits
                _ = try await queue.dispatch.write { try Jobs.rescue(lost, isDead: false, limits: bound, $0) }
            }
            let states = (try await queue.scan("s1").state, try await queue.scan("s2").errorCode)
            #expect(states == (.cancelled, "worker_lost"))
        }
    }

    @Test("PostgreSQL: while the holder's transaction proves, renewal passes it over and rescue waits its turn")
    func busy() async throws {
        try await QueueFixture.with(Driver.postgres) { queue in
            try await queue.queueScan("s1", account: "1")
            try await queue.queueScan("s2", account: "2")
            let jobs = try await queue.claim(2, lifetime: -1)
            let lost = try #require(try await queue.suspects().first { $0.job == jobs[0].job })
            let (started, released) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let holder = Task {
                try await queue.store.database.write { connection in
                    try Leases.prove(jobs[0].lease, lifetime: 1, connection)
                    started.signal()
                    released.wait()
                }
            }
            await Task.detached { Self.wait(started) }.value
            let answers = try await queue.dispatch.write { try Jobs.renew(jobs.map(\.lease), lifetime: 60_000, $0) }
            #expect(answers.map(\.answer) == [.unknown, .renewed])
            let done = try await queue.dispatch.write { try Jobs.rescue(lost, isDead: false, $0) }
            #expect(!done)
            released.signal()
            try await holder.value
        }
    }
}
