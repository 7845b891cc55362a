/// The sums of a set of requirements, in whole numbers: four times the terms of the formula, because a quarter is the
/// finest step of its factors.
struct ThreatScoreSum {
    /// Bounds weights and levels so that a million requirements over four million checks stay within 128 bits.
    private static let maximumFactor = 100_000

    var passed = 0
    var total = 0
    var numerator: UInt128 = 0
    var denominator: UInt128 = 0

    init() {}

    init(_ requirement: ThreatScoreRequirement, totals: [CheckTally]) {
        for check in requirement.checks where check >= 0 && Int(check) < totals.count {
            let tally = totals[Int(check)]
            let checkPassed = Int(max(0, tally.passed))
            passed += checkPassed
            total += checkPassed + Int(max(0, tally.failed))
        }
        let weight = UInt128(min(max(0, requirement.weight), Self.maximumFactor))
        let level = UInt128(min(max(0, requirement.levelOfRisk), Self.maximumFactor))
        let factor = weight * (4 + level)
        numerator = UInt128(passed) * factor
        denominator = UInt128(total) * factor
    }

    mutating func add(_ other: ThreatScoreSum) {
        passed += other.passed
        total += other.total
        numerator += other.numerator
        denominator += other.denominator
    }

    /// What is missing to the full score, in the same quarters.
    var lost: Double { Double(denominator - numerator) }

    /// 100 × numerator / denominator, to two decimals, halves up; nil without findings, 0 when all weights are 0.
    var score: Double? {
        guard total > 0 else { return nil }
        guard denominator > 0 else { return 0 }
        let hundredths = (20_000 * numerator + denominator) / (2 * denominator)
        return Double(hundredths) / 100
    }
}
