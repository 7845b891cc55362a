import MartletCore
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite("CronExpression against every minute of four years")
struct CronReferenceTests {
    private static func moment(_ minute: Int) -> Timestamp {
        Timestamp(milliseconds: Int64(minute + NaiveClock.epoch) * 60_000)
    }

    /// The first slot that differs, as text; nil where all agree. What comes often is compared around changes of the
    /// clock and of the year only.
    private static func difference(_ schedule: NaiveSchedule, _ clock: NaiveClock, _ readings: [Int]) throws -> String?
    {
        let expression = try CronExpression(schedule.text)
        let zone = try ZoneRules.named(clock.name)
        let slots = schedule.slots(readings)
        let reach = 2 * 1440
        let windows =
            slots.count <= 2000
            ? [1..<(NaiveClock.minutes - 1)]
            : (clock.changes.map(\.minute) + [NaiveClock.minutes - 1]).map {
                max($0 - reach, 1)..<min($0 + reach, NaiveClock.minutes - 1)
            }
        for window in windows {
            var index = slots.firstIndex { $0 > window.lowerBound } ?? slots.count
            var last = moment(window.lowerBound)
            while true {
                guard let next = expression.next(after: last, in: zone) else { return "\(last.rfc3339): nothing" }
                let expected = index < slots.count ? moment(slots[index]) : moment(NaiveClock.minutes - 1)
                if next >= moment(window.upperBound), expected >= moment(window.upperBound) { break }
                guard next == expected else {
                    return "after \(last.rfc3339) \(next.rfc3339) instead of \(expected.rfc3339)"
                }
                last = next
                index += 1
            }
        }
        return nil
    }

    @Test("every slot of written expressions", arguments: NaiveClock.all)
    func written(clock: NaiveClock) throws {
        let readings = clock.readings
        try #require(readings.count == NaiveClock.minutes)
        for schedule in NaiveSchedule.all {
            let difference = try Self.difference(schedule, clock, readings)
            #expect(difference == nil, "\(schedule.text)")
        }
    }

    @Test("every slot of random expressions", arguments: NaiveClock.all)
    func random(clock: NaiveClock) throws {
        let readings = clock.readings
        for seed in 1...4 as ClosedRange<UInt64> {
            var random = SplitMix(seed: seed)
            let schedule = NaiveSchedule.random(&random)
            let difference = try Self.difference(schedule, clock, readings)
            #expect(difference == nil, "seed \(seed): \(schedule.text)")
        }
    }

    @Test("from any moment, also between slots, and backwards", arguments: NaiveClock.all)
    func anyMoment(clock: NaiveClock) throws {
        let readings = clock.readings
        let zone = try ZoneRules.named(clock.name)
        var random = SplitMix(seed: 7)
        for schedule in [NaiveSchedule.all[4], NaiveSchedule.all[9], NaiveSchedule.all[10], NaiveSchedule.all[13]] {
            let expression = try CronExpression(schedule.text)
            let slots = schedule.slots(readings).map(Self.moment)
            for _ in 0..<200 {
                // Half of the moments lie near a change of the clock.
                let change = random.pick(clock.changes.map(\.minute))
                let minute =
                    random.chance(50)
                    ? Int.random(in: 2000..<NaiveClock.minutes, using: &random)
                    : max(change + Int.random(in: -200...200, using: &random), 2000)
                let milliseconds = Int64.random(in: -1...1, using: &random)
                let now = Timestamp(milliseconds: Self.moment(minute).milliseconds + milliseconds)
                let index = slots.firstIndex { $0 > now } ?? slots.count
                if index < slots.count { #expect(expression.next(after: now, in: zone) == slots[index]) }
                let start = Timestamp(milliseconds: now.milliseconds - Int64(random.pick([1, 60, 1900])) * 60_000)
                let latest = slots[..<index].last.flatMap { $0 > start ? $0 : nil }
                #expect(expression.latest(after: start, notAfter: now, in: zone) == latest)
            }
        }
    }
}
