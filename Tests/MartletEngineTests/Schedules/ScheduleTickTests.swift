import MartletCore
import MartletStore
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletEngine

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Schedules: looks in the database")
struct ScheduleTickTests {
    private static let hour: Int64 = 3_600_000

    /// A look decided something else.
    private struct Unexpected: Error { var actions: [ScheduleAction] }

    @Test("eight that look at once ask for each slot once, hour after hour", arguments: StorePlace.allCases)
    func exactlyOnce(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            // Far in the future, so that the clock of the database does not come between.
            let start = try #require(Timestamp(rfc3339: "2131-01-01T00:30:00Z"))
            var ids: [String] = []
            for _ in 0..<3 { ids.append(try await fixture.add(handled: start)) }
            let rounds = place == .sqlite ? 6 : 8
            for round in 1...rounds {
                let time = Timestamp(milliseconds: start.milliseconds + Int64(round) * Self.hour)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 0..<8 {
                        group.addTask { [ids] in
                            for id in worker % 2 == 0 ? ids : ids.reversed() {
                                try await fixture.look(id, at: time)
                                // It ends at once, while others still look.
                                let scan = try #require(try await fixture.row(id).lastScan)
                                try await fixture.apply(.requestCancel, to: scan)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let asked = try await fixture.asked()
            let expected = ids.flatMap { id in
                (1...rounds).map { round in
                    let slot = start.milliseconds + Int64(round) * Self.hour - Self.hour / 2
                    return "schedule:\(id):\(Timestamp(milliseconds: slot).rfc3339)"
                }
            }
            #expect(asked.map(\.key) == expected.sorted())
            #expect(asked.allSatisfy { $0.scanState == "cancelled" })
        }
    }

    @Test("wherever a look breaks off, the slot runs exactly once afterwards", arguments: StorePlace.allCases)
    func broken(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            let id = try await fixture.add(hoursAgo: 3)
            let before = try await fixture.row(id)
            let failing = FailingDatabase(fixture.test.store.database, failsReads: true)
            var statements = 0
            while true {
                // Every statement has a blank.
                failing.fail(at: " ", after: statements)
                do {
                    try await fixture.look(id, on: failing)
                    break
                } catch let error as MartletError {
                    #expect(error.code == .io)
                    let (after, asked) = (try await fixture.row(id), try await fixture.asked())
                    #expect(after == before && asked.isEmpty, "after \(statements) statements")
                }
                statements += 1
            }
            #expect(statements >= 6)
            let asked = try await fixture.asked()
            #expect(asked.count == 1 && asked.first?.scanState == "queued")
            let after = try await fixture.row(id)
            #expect(asked.first?.key == "schedule:\(id):\(after.handled.rfc3339)" && after.lastScan == asked.first?.id)
            let again = try await fixture.look(id)
            #expect(again.isEmpty)
        }
    }

    @Test(
        "a slot that comes while the last scan runs waits for its end, however it ends", arguments: StorePlace.allCases)
    func coalesced(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            let id = try await fixture.add(hoursAgo: 3)
            try await fixture.look(id)
            let failure = JobFailure(code: "io", message: "no answer")
            let ends: [(Int64) -> JobEvent] = [
                { .complete(token: $0) }, { .fail(token: $0, failure, isTransient: false) }, { _ in .requestCancel },
            ]
            for (number, end) in ends.enumerated() {
                let last = try #require(try await fixture.row(id).lastScan)
                let token = number < 2 ? try await fixture.claim().lease.token : 0
                let hours = Int64(3 - number)
                let past = try await fixture.now() - hours * Self.hour
                try await fixture.set(id, "handled = \(past), last_slot = \(past), look_at = \(past)")
                let held = try await fixture.look(id)
                guard case .hold = held.first else { throw Unexpected(actions: held) }
                let waiting = try await fixture.row(id)
                #expect(waiting.isWaiting && waiting.handled.milliseconds == past && waiting.lastScan == last)
                let inTime = try #require(waiting.lookAt).milliseconds
                #expect(inTime > past + hours * Self.hour, "half a minute is the fallback")
                try await fixture.apply(end(token), to: last)
                let now = try await fixture.now()
                #expect(try #require(try await fixture.row(id).lookAt).milliseconds <= now, "looked at at once")
                let actions = try await fixture.look(id)
                guard case .enqueue = actions.last else { throw Unexpected(actions: actions) }
                let after = try await fixture.row(id)
                #expect(!after.isWaiting && after.lastScan != last)
                #expect(try await fixture.asked().count == number + 2)
            }
            // Nothing waits: the end of a scan changes nothing.
            let before = try await fixture.row(id)
            try await fixture.apply(.requestCancel, to: try #require(before.lastScan))
            #expect(try await fixture.row(id) == before)
        }
    }

    @Test("a scan that ends in the middle of a look that saw it running is not overlooked")
    func endsMeanwhile() async throws {
        try await ScheduleFixture.with(.postgresql) { fixture in
            let id = try await fixture.add(hoursAgo: 3)
            try await fixture.look(id)
            let last = try #require(try await fixture.row(id).lastScan)
            let past = try await fixture.now() - Self.hour
            try await fixture.set(id, "handled = \(past), last_slot = \(past), look_at = \(past)")
            let (actions, ending) = try await Self.look(id, fixture) {
                try await fixture.apply(.requestCancel, to: last)
            }
            guard case .hold = actions.first else { throw Unexpected(actions: actions) }
            try await ending.value
            let row = try await fixture.row(id)
            #expect(try #require(row.lookAt).milliseconds <= (try await fixture.now()))
            let next = try await fixture.look(id)
            guard case .enqueue = next.last else { throw Unexpected(actions: next) }
        }
    }

    @Test("what a schedule is just asking for goes with its account")
    func removedMeanwhile() async throws {
        try await ScheduleFixture.with(.postgresql) { fixture in
            let id = try await fixture.add(hoursAgo: 3)
            let account = try await fixture.schedules.schedule(id).account
            let (actions, removing) = try await Self.look(id, fixture) {
                try await fixture.test.administration.removeAccount(account)
            }
            guard case .enqueue = actions.last else { throw Unexpected(actions: actions) }
            try await removing.value
            let (asked, schedules) = (try await fixture.asked(), try await fixture.schedules.list())
            #expect(asked.isEmpty && schedules.isEmpty)
        }
    }

    /// A look during which something else happens: it begins before the look is stored, and is waited for until it waits for
    /// the look.
    private static func look(
        _ id: String, _ fixture: ScheduleFixture, during body: @escaping @Sendable () async throws -> Void
    ) async throws -> ([ScheduleAction], Task<Void, any Error>) {
        let failing = FailingDatabase(fixture.test.store.database)
        let task = Mutex<Task<Void, any Error>?>(nil)
        failing.call(before: "UPDATE schedules SET handled") { connection in
            task.withLock { $0 = Task { try await body() } }
            for _ in 0..<500 {
                let waits = try connection.first(
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
                ) { $0.int(0) > 0 }
                if waits == true { return }
                usleep(10_000)
            }
        }
        let actions = try await fixture.look(id, on: failing)
        return (actions, try #require(task.withLock { $0 }))
    }

    @Test("what is missed is skipped or made up for by one scan, as the schedule says", arguments: StorePlace.allCases)
    func missed(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            // A minute that lies ten minutes back, so that it is not in time.
            let minute = (try await fixture.now() / 60_000 - 10) % 60
            for policy in MissedSlotPolicy.allCases {
                var request = ScheduleFixture.request("\(minute) * * * *")
                request.missed = policy
                let id = try await fixture.add(request, hoursAgo: 5)
                try await fixture.look(id)
                let asked = try await fixture.asked().filter { $0.key.contains(id) }
                #expect(asked.count == (policy == .skip ? 0 : 1))
                let row = try await fixture.row(id)
                #expect(row.handled.milliseconds / 60_000 % 60 == minute)
                #expect(try #require(row.lookAt).milliseconds > (try await fixture.now()))
                #expect((row.lastScan == nil) == (policy == .skip))
            }
        }
    }

    @Test("a scan runs with the delay of its slot and the terms of its schedule", arguments: StorePlace.allCases)
    func terms(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            var request = ScheduleFixture.request()
            (request.jitter, request.priority, request.queue) = (3_000, 7, "slow")
            request.order.scope = .observed
            let id = try await fixture.add(request, hoursAgo: 2)
            try await fixture.look(id)
            let row = try await fixture.row(id)
            let scan = try #require(try await fixture.asked().first)
            #expect(scan.runAt == (try row.rule().runAt(of: row.handled)).milliseconds)
            #expect((0..<3_000_000).contains(scan.runAt - row.handled.milliseconds))
            let job = try await fixture.pools.job(scan.id)
            #expect(job.priority == 7 && job.queue == "slow" && job.kind == .scan)
            let seen = try await fixture.pools.scan(scan.id)
            #expect(seen.origin == "file:x" && seen.scope == "observed" && seen.state == .queued)
        }
    }

    @Test("slots follow the clock of their zone through both changes of the hour", arguments: StorePlace.allCases)
    func daylightSaving(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            var request = ScheduleFixture.request("30 2 * * *")
            request.timezone = "Europe/Berlin"
            for (first, slots) in [
                ("2131-03-24T12:00:00Z", ["03-25T01:00:00", "03-26T00:30:00", "03-27T00:30:00"]),
                ("2131-10-27T12:00:00Z", ["10-28T00:30:00", "10-29T01:30:00", "10-30T01:30:00"]),
            ] {
                let start = try #require(Timestamp(rfc3339: first))
                let id = try await fixture.add(request, handled: start)
                for day in 1...3 as ClosedRange<Int64> {
                    try await fixture.look(id, at: Timestamp(milliseconds: start.milliseconds + day * 24 * Self.hour))
                    let last = try #require(try await fixture.row(id).lastScan)
                    try await fixture.apply(.requestCancel, to: last)
                }
                let keys = try await fixture.asked().map(\.key).filter { $0.contains(id) }
                #expect(keys == slots.map { "schedule:\(id):2131-\($0).000Z" })
            }
        }
    }
}
