import MartletCore
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite("ScheduleDecision")
struct ScheduleDecisionTests {
    private static let hour: Int64 = 3_600_000

    private static func rule(
        _ text: String = "@hourly", jitter: Int = 0, missed: MissedSlotPolicy = .runOnce, paused: Bool = false
    ) throws -> ScheduleRule {
        try ScheduleRule(
            id: "7", expression: CronExpression(text), zone: .utc, jitter: jitter, missed: missed, paused: paused)
    }

    private static func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    /// The rules in plain words, for an hourly schedule.
    private static func expected(
        _ rule: ScheduleRule, _ handled: Int64, _ now: Int64, _ running: Bool
    ) -> ([ScheduleAction], Int64, Int64?) {
        let slots = (0...20).map { $0 * hour }.filter { $0 > handled && $0 <= now }
        let next = (0...20).map { $0 * hour }.first { $0 > max(now, handled) }
        guard let first = slots.first, let last = slots.last else { return ([], handled, rule.paused ? nil : next) }
        if rule.paused { return ([.skip(first: at(first), last: at(last), reason: .paused)], last, nil) }
        if running { return ([.hold(first: at(first), last: at(last))], handled, now + 30_000) }
        if now - last > 300_000, rule.missed == .skip {
            return ([.skip(first: at(first), last: at(last), reason: .missed)], last, next)
        }
        var actions: [ScheduleAction] = []
        if slots.count > 1 {
            let before = at(last - hour)
            actions.append(
                rule.missed == .skip
                    ? .skip(first: at(first), last: before, reason: .missed)
                    : .coalesce(first: at(first), last: before, into: at(last)))
        }
        return (
            actions + [.enqueue(slot: at(last), key: rule.key(of: at(last)), runAt: rule.runAt(of: at(last)))], last,
            next
        )
    }

    @Test("every small situation against the rules in plain words", arguments: MissedSlotPolicy.allCases)
    func exhaustive(missed: MissedSlotPolicy) throws {
        let edges: [Int64] = [-1, 0, 1, 299_999, 300_000, 300_001, 1_800_000]
        let moments = (1...4 as ClosedRange<Int64>).flatMap { hour in edges.map { hour * Self.hour + $0 } }
        for paused in [false, true] {
            for jitter in [0, 900] {
                let rule = try Self.rule(jitter: jitter, missed: missed, paused: paused)
                for handled in moments {
                    for now in moments {
                        for running in [false, true] {
                            let decision = ScheduleDecision(
                                rule, handled: Self.at(handled), now: Self.at(now), running: running)
                            let expected = Self.expected(rule, handled, now, running)
                            #expect(decision.actions == expected.0)
                            #expect(decision.handled == Self.at(expected.1))
                            #expect(decision.lookAgain == expected.2.map(Self.at))
                        }
                    }
                }
            }
        }
    }

    @Test(
        "with many workers and looks at any time, each slot is decided once", arguments: 1...40 as ClosedRange<UInt64>)
    func exactlyOnce(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let text = random.pick(["*/10 * * * *", "30 2 * * *", "0 */6 * * *", "15,45 2,3 * * *"])
        let rule = try ScheduleRule(
            id: "s", expression: CronExpression(text), zone: .named("Europe/Berlin"),
            jitter: random.pick([0, 600, 7200]),
            missed: random.pick(MissedSlotPolicy.allCases))
        let start = try #require(Timestamp(rfc3339: "2024-10-24T00:00:00Z"))
        var stored = start
        var now = start
        var keys: Set<String> = []
        var decided: [Timestamp] = []
        var lastRun = start
        for _ in 0..<80 {
            now = Self.at(
                now.milliseconds + Int64.random(in: 0...(random.chance(10) ? 90_000_000 : 4_000_000), using: &random))
            let running = random.chance(30)
            // Workers that look at once decide the same, and the key lets only one of them through.
            let decisions = (0..<3).map { _ in ScheduleDecision(rule, handled: stored, now: now, running: running) }
            #expect(Set(decisions).count == 1)
            for action in decisions[0].actions {
                switch action {
                case .enqueue(let slot, let key, let runAt):
                    #expect(keys.insert(key).inserted)
                    #expect(runAt >= slot && runAt > lastRun)
                    #expect(runAt.milliseconds - slot.milliseconds <= Int64(rule.jitter) * 1000)
                    lastRun = runAt
                    decided.append(slot)
                case .skip(let first, let last, _), .coalesce(let first, let last, _):
                    var slot: Timestamp? = first
                    while let skipped = slot, skipped <= last {
                        decided.append(skipped)
                        slot = rule.expression.next(after: skipped, in: rule.zone)
                    }
                case .hold: #expect(decisions[0].handled == stored)
                }
            }
            stored = decisions[0].handled
        }
        var all: [Timestamp] = []
        var slot = rule.expression.next(after: start, in: rule.zone)
        while let next = slot, next <= stored {
            all.append(next)
            slot = rule.expression.next(after: next, in: rule.zone)
        }
        #expect(decided == all)
        #expect(!all.isEmpty)
    }

    @Test("a year without workers is one look")
    func longOutage() throws {
        let decision = ScheduleDecision(
            try Self.rule("* * * * *"), handled: Self.at(0), now: Self.at(365 * 24 * Self.hour), running: false)
        let last = Self.at(365 * 24 * Self.hour)
        #expect(decision.actions.count == 2)
        #expect(
            decision.actions.first
                == .coalesce(first: Self.at(60_000), last: Self.at(last.milliseconds - 60_000), into: last))
    }

    @Test("jitter spreads over schedules, stays the same for one, and is bounded")
    func jitter() throws {
        let slot = Self.at(1_800_000_000_000 / Self.hour * Self.hour)
        let expression = try CronExpression("@hourly")
        let delays = try (0..<200).map { id in
            let rule = try ScheduleRule(id: "\(id)", expression: expression, zone: .utc, jitter: 600)
            return rule.runAt(of: slot).milliseconds - slot.milliseconds
        }
        #expect(delays.allSatisfy { 0..<600_000 ~= $0 })
        #expect(Set(delays.map { $0 / 60_000 }).count == 10)
        // Workers of different versions must agree: this value never changes.
        #expect(delays[0] == 453_762)
        for jitter in [-1, 86_401, .max] { #expect(throws: MartletError.self) { try Self.rule(jitter: jitter) } }
    }

    @Test("impossible times are harmless")
    func extremes() throws {
        let rule = try Self.rule(jitter: 60)
        for handled in [Int64.min, 0, .max] {
            for now in [Int64.min, 0, .max] {
                for running in [false, true] {
                    let decision = ScheduleDecision(
                        rule, handled: Self.at(handled), now: Self.at(now), running: running)
                    #expect(decision.actions.count <= 2)
                }
            }
            #expect(Timestamp.range.contains(rule.runAt(of: Self.at(handled))))
        }
    }
}
