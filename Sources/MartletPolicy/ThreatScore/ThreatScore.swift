/// The ThreatScore of an account: one number for how much of what was looked at is as it should be, weighed by risk.
///
/// With pass and total the unmuted PASS, and PASS and FAIL, findings of a requirement's checks over the whole account,
/// w its weight and L its level of risk, the score of a set of requirements is
///
///     100 × Σ pass·w·(1 + L/4) / Σ total·w·(1 + L/4)
///
/// which is Prowler's formula. Unlike there, a set in which nothing was evaluated has no score. When there are
/// findings but every weight is 0, the score is 0.
///
/// Scores are rounded to two decimals, halves up. Sums and rounding are done in whole numbers, so the result does not
/// depend on the order of the requirements. Weights and levels below 0 count as 0, above 100,000 as 100,000.
public struct ThreatScore: Sendable, Hashable {
    /// 0 to 100 with two decimals; nil when nothing was evaluated.
    public let score: Double?
    /// The sections in the order of their names.
    public let sections: [ThreatScoreSection]
    /// One per requirement, in the order given.
    public let requirements: [ThreatScoreContribution]
    /// The requirements that are FAIL and have a level of risk of 4 or more: highest level first, then highest weight,
    /// then smallest id.
    public let critical: [ThreatScoreContribution]

    /// Computes the score from the per-check totals of an account (``TallyGrid/totals``). An index that the totals do
    /// not have counts like a missing check.
    public init(requirements: [ThreatScoreRequirement], totals: [CheckTally]) {
        var all = ThreatScoreSum()
        var bySection: [String: ThreatScoreSum] = [:]
        var sums: [ThreatScoreSum] = []
        sums.reserveCapacity(requirements.count)
        for requirement in requirements {
            let sum = ThreatScoreSum(requirement, totals: totals)
            sums.append(sum)
            all.add(sum)
            bySection[requirement.section, default: ThreatScoreSum()].add(sum)
        }
        let contributions = zip(requirements, sums).map { requirement, sum in
            Self.contribution(requirement, sum, all: all, totals: totals)
        }
        score = all.score
        sections = bySection.map { ThreatScoreSection(name: $0.key, score: $0.value.score) }
            .sorted { $0.name < $1.name }
        self.requirements = contributions
        critical = contributions.enumerated()
            .filter { $0.element.status == .fail && $0.element.levelOfRisk >= 4 }
            .sorted { Self.precedes($0, $1) }
            .map(\.element)
    }

    /// The score of a section by its name; nil when there is no such section or nothing in it was evaluated.
    public func score(ofSection name: String) -> Double? {
        sections.first { $0.name == name }?.score
    }

    /// The position settles requirements that share an id.
    private static func precedes(
        _ left: (offset: Int, element: ThreatScoreContribution),
        _ right: (offset: Int, element: ThreatScoreContribution)
    ) -> Bool {
        if left.element.levelOfRisk != right.element.levelOfRisk {
            return left.element.levelOfRisk > right.element.levelOfRisk
        }
        if left.element.weight != right.element.weight { return left.element.weight > right.element.weight }
        return (left.element.id, left.offset) < (right.element.id, right.offset)
    }

    private static func contribution(
        _ requirement: ThreatScoreRequirement, _ sum: ThreatScoreSum, all: ThreatScoreSum, totals: [CheckTally]
    ) -> ThreatScoreContribution {
        let lost = sum.lost
        return ThreatScoreContribution(
            id: requirement.id, section: requirement.section, levelOfRisk: requirement.levelOfRisk,
            weight: requirement.weight, status: status(requirement, sum, totals: totals), passed: sum.passed,
            total: sum.total, numerator: Double(sum.numerator) / 4, denominator: Double(sum.denominator) / 4,
            lostPoints: all.denominator == 0 ? 0 : 100 * lost / Double(all.denominator),
            lostShare: all.lost == 0 ? 0 : lost / all.lost)
    }

    private static func status(
        _ requirement: ThreatScoreRequirement, _ sum: ThreatScoreSum, totals: [CheckTally]
    ) -> RequirementStatus {
        if requirement.checks.isEmpty && requirement.missing == 0 { return .manual }
        if sum.total > 0 { return sum.passed == sum.total ? .pass : .fail }
        let tallies = requirement.checks.lazy.filter { $0 >= 0 && Int($0) < totals.count }.map { totals[Int($0)] }
        if tallies.contains(where: { $0.manual > 0 }) { return .manual }
        return tallies.contains(where: \.hasMuted) ? .muted : .notEvaluated
    }
}
