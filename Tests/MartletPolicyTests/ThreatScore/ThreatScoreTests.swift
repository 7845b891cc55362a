import MartletPolicy
import Testing

private func requirement(
    _ id: String, _ section: String, risk: Int, weight: Int, _ checks: [Int32], missing: Int32 = 0
) -> ThreatScoreRequirement {
    ThreatScoreRequirement(
        id: id, section: section, levelOfRisk: risk, weight: weight, checks: checks, missing: missing)
}

@Suite struct ThreatScoreTests {
    /// Level 5, weight 1000: factor 2250; level 3, weight 10: 17.5; level 1, weight 1: 1.25.
    /// Above 3·2250 + 1·17.5 = 6767.5, below 4·2250 + 2·17.5 + 0 = 9035: 74.9031… %.
    @Test func byHand() {
        let totals = [
            CheckTally(passed: 3, failed: 1), CheckTally(passed: 1, failed: 1), CheckTally(mutedFailed: 5),
            CheckTally(manual: 1),
        ]
        let score = ThreatScore(
            requirements: [
                requirement("1.1", "1. IAM", risk: 5, weight: 1000, [0]),
                requirement("3.1", "3. Logging", risk: 3, weight: 10, [1]),
                requirement("1.2", "1. IAM", risk: 1, weight: 1, [2]),
                requirement("4.1", "4. Encryption", risk: 5, weight: 1000, []),
                requirement("4.2", "4. Encryption", risk: 5, weight: 1000, [], missing: 1),
                requirement("4.3", "4. Encryption", risk: 5, weight: 1000, [3]),
            ], totals: totals)
        #expect(score.score == 74.9)
        #expect(
            score.sections == [
                ThreatScoreSection(name: "1. IAM", score: 75), ThreatScoreSection(name: "3. Logging", score: 50),
                ThreatScoreSection(name: "4. Encryption", score: nil),
            ])
        #expect(score.score(ofSection: "1. IAM") == 75)
        #expect(score.requirements.map(\.status) == [.fail, .fail, .muted, .manual, .notEvaluated, .manual])
        #expect(score.critical.map(\.id) == ["1.1"])
        #expect(score.requirements[0].numerator == 6750)
        #expect(score.requirements[0].denominator == 9000)
        #expect(score.requirements.map(\.passed) == [3, 1, 0, 0, 0, 0])
        #expect(score.requirements.map(\.total) == [4, 2, 0, 0, 0, 0])
        let share: Double = 2250 / (2250 + 17.5)
        let found = score.requirements[0].lostShare
        #expect(abs(found - share) < 1e-12)
        let lost = score.requirements.map(\.lostPoints).reduce(0, +)
        let exact: Double = 100 - 100 * 6767.5 / 9035
        #expect(abs(lost - exact) < 1e-9)
    }

    @Test func nothingEvaluatedIsNoScore() {
        let requirements = [
            requirement("1", "a", risk: 5, weight: 1000, [0]), requirement("2", "a", risk: 1, weight: 1, []),
        ]
        for totals in [[], [CheckTally()], [CheckTally(mutedPassed: 4)], [CheckTally(manual: 2)]] {
            let score = ThreatScore(requirements: requirements, totals: totals)
            #expect(score.score == nil)
            #expect(score.sections == [ThreatScoreSection(name: "a", score: nil)])
            #expect(score.requirements.allSatisfy { $0.lostPoints == 0 && $0.lostShare == 0 })
        }
        #expect(ThreatScore(requirements: [], totals: [CheckTally(passed: 1)]).score == nil)
    }

    @Test func allPassIs100AndAllFailIs0() {
        let one = [requirement("1", "a", risk: 5, weight: 1000, [0])]
        #expect(ThreatScore(requirements: one, totals: [CheckTally(passed: 7)]).score == 100)
        #expect(ThreatScore(requirements: one, totals: [CheckTally(failed: 7)]).score == 0)
        #expect(ThreatScore(requirements: one, totals: [CheckTally(passed: 7)]).requirements[0].status == .pass)
    }

    @Test func weightsOf0Score0() {
        let zero = [requirement("1", "a", risk: 0, weight: 0, [0])]
        #expect(ThreatScore(requirements: zero, totals: [CheckTally(passed: 7)]).score == 0)
    }

    @Test(
        "Halves go up: 1 of 8 in 800 is 0.125, 3 in 800 is 0.375, and 66.665 is not",
        arguments: [
            (Int32(1), Int32(800), 0.13), (3, 800, 0.38), (2, 3, 66.67), (1, 3, 33.33), (1, 20_000, 0.01),
            (1, 20_001, 0),
            (13333, 20_000, 66.67),
        ])
    func rounding(passed: Int32, total: Int32, expected: Double) {
        let one = [requirement("1", "a", risk: 1, weight: 1, [0])]
        let score = ThreatScore(requirements: one, totals: [CheckTally(passed: passed, failed: total - passed)])
        #expect(score.score == expected)
    }

    @Test func criticalListIsSorted() {
        let totals = [CheckTally(passed: 1, failed: 1), CheckTally(passed: 1)]
        let score = ThreatScore(
            requirements: [
                requirement("b", "", risk: 4, weight: 100, [0]), requirement("a", "", risk: 4, weight: 100, [0]),
                requirement("c", "", risk: 4, weight: 1000, [0]), requirement("d", "", risk: 5, weight: 1, [0]),
                requirement("e", "", risk: 3, weight: 1000, [0]), requirement("f", "", risk: 5, weight: 1000, [1]),
            ], totals: totals)
        #expect(score.critical.map(\.id) == ["d", "c", "a", "b"])
    }

    @Test func impossibleValuesDoNotTrap() {
        let totals = [CheckTally(passed: .max, failed: .max), CheckTally(passed: -3, failed: 2)]
        let score = ThreatScore(
            requirements: [
                requirement("1", "", risk: .max, weight: .max, [0, 9, -1]),
                requirement("2", "", risk: .min, weight: .min, [1]),
            ], totals: totals)
        #expect(score.score == 50)
    }

    /// The formula in floating point, term by term.
    private func naive(_ requirements: [ThreatScoreRequirement], _ totals: [CheckTally]) -> Double? {
        var above = 0.0
        var below = 0.0
        var any = false
        for requirement in requirements {
            let passed = requirement.checks.map { Double(totals[Int($0)].passed) }.reduce(0, +)
            let total = requirement.checks.map { Double(totals[Int($0)].passed + totals[Int($0)].failed) }.reduce(0, +)
            guard total > 0 else { continue }
            any = true
            let factor = Double(requirement.weight) * (1 + 0.25 * Double(requirement.levelOfRisk))
            above += passed / total * total * factor
            below += total * factor
        }
        return any ? 100 * above / below : nil
    }

    @Test("Any requirements agree with the formula, in any order", arguments: 1...200)
    func agreesWithNaive(seed: UInt64) {
        var random = Deterministic(state: seed)
        let totals = (0..<8).map { _ in
            CheckTally(
                passed: Int32.random(in: 0...3, using: &random), failed: Int32.random(in: 0...2, using: &random),
                mutedFailed: Int32.random(in: 0...1, using: &random))
        }
        let requirements = (0..<10).map { number in
            requirement(
                "\(number)", "\(number % 3)", risk: Int.random(in: 1...5, using: &random),
                weight: [1, 8, 10, 100, 1000][Int.random(in: 0..<5, using: &random)],
                (0..<Int.random(in: 0...3, using: &random)).map { _ in Int32.random(in: 0..<8, using: &random) })
        }
        let score = ThreatScore(requirements: requirements, totals: totals)
        func agrees(_ found: Double?, _ expected: Double?) -> Bool {
            if let found, let expected { return abs(found - expected) <= 0.005 + 1e-9 }
            return found == nil && expected == nil
        }
        #expect(agrees(score.score, naive(requirements, totals)))
        for section in score.sections {
            #expect(agrees(section.score, naive(requirements.filter { $0.section == section.name }, totals)))
        }
        let shuffled = ThreatScore(requirements: requirements.shuffled(using: &random), totals: totals)
        #expect(shuffled.score == score.score)
        #expect(shuffled.sections == score.sections)
        #expect(shuffled.critical == score.critical)
    }
}
