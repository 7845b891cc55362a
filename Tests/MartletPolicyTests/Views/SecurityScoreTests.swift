import MartletCore
import MartletPolicy
import Testing

/// The score over every small posture there is: up to two findings passed and failed of each severity, up to two checks of
/// which each looked at all, at half or at nothing.
@Suite struct SecurityScoreTests {
    private struct Posture: Hashable {
        var outcomes: [Severity: ScoreTally.Outcome]
        /// Evaluated and blind regions of each check.
        var checks: [[Int64]]

        var tally: ScoreTally {
            var tally = ScoreTally()
            tally.published = 1
            tally.outcomes = outcomes
            for check in checks { tally.addCheck(evaluated: check[0], blind: check[1]) }
            return tally
        }

        /// Every finding and every region a number of times.
        func times(_ factor: Int64) -> Posture {
            Posture(
                outcomes: outcomes.mapValues { .init(passed: $0.passed * factor, failed: $0.failed * factor) },
                checks: checks.map { $0.map { $0 * factor } })
        }
    }

    private static let severities: [Severity] = [.critical, .high, .medium, .low]

    private static let coverages: [[[Int64]]] = [
        [], [[1, 0]], [[1, 1]], [[0, 1]], [[1, 0], [1, 0]], [[1, 0], [1, 1]], [[1, 0], [0, 1]], [[0, 1], [0, 1]],
    ]

    /// Calls `body` with every posture of the small scope.
    private func forEach(_ body: (Posture) -> Void) {
        let pairs = (0...2).flatMap { passed in (0...2).map { ScoreTally.Outcome(passed: passed, failed: $0) } }
        for critical in pairs {
            for high in pairs {
                for medium in pairs {
                    for low in [pairs[0], pairs[1], pairs[3]] {
                        let outcomes = Dictionary(
                            uniqueKeysWithValues: zip(Self.severities, [critical, high, medium, low]))
                        for checks in Self.coverages { body(Posture(outcomes: outcomes, checks: checks)) }
                    }
                }
            }
        }
    }

    @Test func isBoundedAndPerfectOnlyWhereEverythingIs() {
        forEach { posture in
            let score = SecurityScore(posture.tally)
            let decided = posture.outcomes.values.contains { $0.passed + $0.failed > 0 }
            guard decided else {
                if score.state != .notEvaluated || score.tenths != nil { Issue.record("\(posture)") }
                return
            }
            let failed = posture.outcomes.values.contains { $0.failed > 0 }
            let blind = posture.checks.contains { $0[1] > 0 }
            guard let tenths = score.tenths, 0...1000 ~= tenths, score.state == .scored,
                (tenths == 1000) == (!failed && !blind),
                (score.evaluatedTenths == 1000) == (!blind && score.tally.checks > 0)
            else {
                Issue.record("\(posture): \(score.tenths ?? -1)")
                return
            }
        }
    }

    @Test func doesNotDependOnTheSizeOfTheEstate() {
        forEach { posture in
            let small = SecurityScore(posture.tally)
            for factor in [2, 1000] as [Int64] {
                let large = SecurityScore(posture.times(factor).tally)
                if small.tenths != large.tenths || small.evaluatedTenths != large.evaluatedTenths {
                    Issue.record("\(posture) × \(factor): \(small.tenths ?? -1), \(large.tenths ?? -1)")
                }
            }
        }
    }

    /// Whatever else holds: one FAIL more, or a PASS that becomes a FAIL, never makes it better, and a check that could not
    /// look never does.
    @Test func whatIsWorseIsNeverBetter() {
        forEach { posture in
            guard let before = SecurityScore(posture.tally).tenths else { return }
            for severity in Self.severities {
                guard let outcome = posture.outcomes[severity] else { continue }
                var failing = posture
                failing.outcomes[severity] = .init(passed: outcome.passed, failed: outcome.failed + 1)
                if SecurityScore(failing.tally).tenths ?? 1001 > before { Issue.record("a FAIL more: \(posture)") }
                guard outcome.passed > 0 else { continue }
                failing.outcomes[severity] = .init(passed: outcome.passed - 1, failed: outcome.failed + 1)
                if SecurityScore(failing.tally).tenths ?? 1001 >= before, before > 0 {
                    Issue.record("a PASS that fails: \(posture)")
                }
            }
            guard !posture.checks.isEmpty else { return }
            var blind = posture
            blind.checks.append([0, 1])
            if SecurityScore(blind.tally).tenths ?? 1001 > before { Issue.record("a blind check more: \(posture)") }
        }
    }

    /// By hand: critical ½ × 20, high 1 × 10, low 0 × 2, of 32; and three of four checks looked.
    @Test func byHand() {
        var tally = ScoreTally()
        tally.published = 1
        tally.outcomes = [
            .critical: .init(passed: 1, failed: 1), .high: .init(passed: 3), .low: .init(failed: 9),
            .informational: .init(failed: 100),
        ]
        #expect(SecurityScore(tally).tenths == 625)
        for _ in 0..<3 { tally.addCheck(evaluated: 2, blind: 0) }
        tally.addCheck(evaluated: 0, blind: 5)
        tally.addCheck(evaluated: 0, blind: 0)
        let score = SecurityScore(tally)
        #expect(score.tenths == 468 && score.evaluatedTenths == 750 && score.points == 46)
        #expect(score.tally.checks == 4 && score.tally.blind == 1)
    }

    /// Two public containers with Terraform's state and nothing else, which OpenShield scores 100.
    @Test func criticalCounts() {
        var tally = ScoreTally()
        tally.published = 1
        tally.outcomes = [.critical: .init(failed: 2), .low: .init(passed: 1_000_000)]
        #expect(SecurityScore(tally).tenths == 90)
        tally.outcomes[.critical] = .init(passed: 1_000_000_000, failed: 1)
        #expect(SecurityScore(tally).tenths == 999)
    }

    @Test func withoutAScanNobodyKnows() {
        #expect(SecurityScore(ScoreTally()).state == .noScan && SecurityScore(ScoreTally()).value == nil)
        var empty = ScoreTally()
        empty.published = 1
        #expect(SecurityScore(empty).state == .notEvaluated && SecurityScore(empty).points == nil)
        // Everything was denied: no number, and surely not 100.
        for _ in 0..<5 { empty.addCheck(evaluated: 0, blind: 1) }
        let denied = SecurityScore(empty)
        #expect(denied.state == .notEvaluated && denied.tenths == nil && denied.evaluatedTenths == 0)
    }

    @Test func accountsTogetherAreTheirSum() {
        var first = ScoreTally()
        first.published = 1
        first.outcomes = [.high: .init(passed: 1)]
        first.addCheck(evaluated: 1, blind: 0)
        var second = ScoreTally()
        second.published = 1
        second.outcomes = [.high: .init(failed: 3), .low: .init(passed: 1)]
        second.addCheck(evaluated: 0, blind: 1)
        var both = first
        both.add(second)
        both.add(ScoreTally())
        #expect(both.published == 2 && both.checks == 2 && both.blind == 1)
        #expect(both.outcomes[.high] == .init(passed: 1, failed: 3))
        // (10 × ¼ + 2 × 1) ÷ 12, half of it looked at.
        #expect(SecurityScore(both).tenths == 187)
    }
}
