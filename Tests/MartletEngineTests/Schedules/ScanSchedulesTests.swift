import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Schedules: what users do")
struct ScanSchedulesTests {
    @Test("what could never run is refused with what is allowed, and nothing is added")
    func refused() async throws {
        try await ScheduleFixture.with(.sqlite) { fixture in
            let make = ScheduleFixture.request
            var wrong: [(ScheduleRequest, MartletError.Code, String)] = [
                (make("61 * * * *"), .invalidInput, "0-59"), (make("* * *"), .invalidInput, "5"),
            ]
            func add(_ code: MartletError.Code, _ text: String, _ change: (inout ScheduleRequest) -> Void) {
                var request = make("@daily")
                change(&request)
                wrong.append((request, code, text))
            }
            add(.notFound, "Europe/Berlin") { $0.timezone = "Europe/Atlantis" }
            add(.invalidInput, "Europe/Berlin") { $0.timezone = "../passwd" }
            add(.invalidInput, "86400") { $0.jitter = 86_401 }
            add(.usage, "1000") { $0.priority = 1_001 }
            add(.usage, "lower-case") { $0.queue = "No Such" }
            add(.usage, "1 to 100") { $0.name = "" }
            add(.usage, "control") { $0.name = "a\nb" }
            add(.usage, "file:PATH") { $0.order.source = "s3://x" }
            add(.notFound, "accounts") { $0.account = "nobody" }
            for (request, code, text) in wrong {
                let error = await expectError(code) { _ = try await fixture.schedules.add(request) }
                #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
            }
            let none = try await fixture.schedules.list()
            #expect(none.isEmpty)
        }
    }

    @Test("a schedule is found by id and name, and only by its own tenant", arguments: StorePlace.allCases)
    func names(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            var request = ScheduleFixture.request("@daily")
            request.name = "nightly"
            let added = try await fixture.schedules.add(request)
            #expect(added.nextSlot == added.schedule.lookAt && added.schedule.name == "nightly")
            await expectError(.conflict) { _ = try await fixture.schedules.add(request) }
            let byName = try await fixture.schedules.schedule("nightly")
            let byID = try await fixture.schedules.schedule(added.schedule.id)
            #expect(byName.schedule == byID.schedule && byName.account.uid == "111" && byName.lastState == nil)
            let database = fixture.test.store.database.scoped(to: .owner)
            let other = ScanSchedules(store: try await Store.open(database: database, url: "test:x", tenant: "second"))
            let theirs = try await other.list()
            #expect(theirs.isEmpty)
            for change in [other.pause, other.resume, other.remove] {
                await expectError(.notFound) { _ = try await change(added.schedule.id, .none) }
            }
            let unnamed = try await fixture.schedules.add(ScheduleFixture.request())
            #expect(unnamed.schedule.name == unnamed.schedule.id)
            _ = try await fixture.schedules.remove("nightly")
            let left = try await fixture.schedules.list()
            #expect(left.map(\.schedule.id) == [unnamed.schedule.id])
        }
    }

    @Test("while it is paused nothing runs; resumed, it goes on from now", arguments: StorePlace.allCases)
    func paused(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            let id = try await fixture.add(hoursAgo: 3)
            let paused = try await fixture.schedules.pause(id)
            #expect(paused.schedule.lookAt == nil && paused.nextSlot == nil)
            let twice = try await fixture.schedules.pause(id)
            #expect(twice.schedule.pausedAt == paused.schedule.pausedAt)
            let nothing = try await fixture.look(id)
            #expect(nothing.isEmpty)
            let before = try await fixture.now()
            let resumed = try await fixture.schedules.resume(id)
            #expect(resumed.schedule.pausedAt == nil && resumed.schedule.handled.milliseconds >= before)
            let actions = try await fixture.look(id)
            #expect(actions.isEmpty)
            let asked = try await fixture.asked()
            #expect(asked.isEmpty, "the pause is not made up for")
            let active = try await fixture.row(id)
            #expect(try #require(active.lookAt).milliseconds > before)
            // Resuming what is not paused skips nothing.
            let past = before - 7_200_000
            try await fixture.set(id, "handled = \(past), look_at = \(past)")
            let same = try await fixture.schedules.resume(id)
            #expect(same.schedule.handled.milliseconds == past)
        }
    }

    @Test("a clock that is set back brings no slot twice")
    func backwards() async throws {
        try await ScheduleFixture.with(.sqlite) { fixture in
            let ahead = try await fixture.now() + 10_000_000
            let id = try await fixture.add(handled: Timestamp(milliseconds: ahead))
            _ = try await fixture.schedules.pause(id)
            let resumed = try await fixture.schedules.resume(id)
            #expect(resumed.schedule.handled.milliseconds == ahead)
        }
    }

    @Test("schedules go with their account", arguments: StorePlace.allCases)
    func removedAccount(place: StorePlace) async throws {
        try await ScheduleFixture.with(place) { fixture in
            let id = try await fixture.add(hoursAgo: 3)
            try await fixture.pools.addAccount("222")
            var request = ScheduleFixture.request()
            request.account = "222"
            let kept = try await fixture.schedules.add(request)
            let key = try await fixture.schedules.schedule(id).account
            try await fixture.test.administration.removeAccount(key)
            let left = try await fixture.schedules.list()
            #expect(left.map(\.schedule.id) == [kept.schedule.id])
            let nothing = try await fixture.look(id)
            #expect(nothing.isEmpty)
            let asked = try await fixture.asked()
            #expect(asked.isEmpty)
        }
    }
}

extension ScheduleRow {
    var nextSlot: Timestamp? { schedule.nextSlot(after: now) }
}
