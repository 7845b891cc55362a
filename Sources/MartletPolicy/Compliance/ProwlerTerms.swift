/// Turns tallies into the compliance rows that Prowler App stores, for those who compare the two.
///
/// Only regions with an unmuted PASS or FAIL have rows, and they have one for every requirement: MANUAL without a
/// mapped check, FAIL with a failed one, else PASS, even where no mapped check found anything. MANUAL findings,
/// coverage and configuration constraints play no part. That is what Prowler does, not what Martlet advises.
public struct ProwlerTerms: Sendable {
    private let grid: TallyWords
    private let regions: [Int32]

    /// Prepares the grid of an account, once for all frameworks. The grid must hold every check that has findings,
    /// because the regions are those of the account and not those of a framework.
    public init(grid: TallyGrid) {
        let words = TallyWords(grid: grid)
        var present = [Bool](repeating: false, count: words.regionCount)
        if words.regionCount > 0 {
            for (index, word) in words.words.enumerated() where word.total > 0 {
                present[index % words.regionCount] = true
            }
        }
        self.grid = words
        regions = present.indices.filter { present[$0] }.map { Int32(truncatingIfNeeded: $0) }
    }

    /// Whether the rows of a framework carry counts of findings: those of ProwlerThreatScore 1.0 do, by the names that
    /// the framework's file gives.
    public static func countsFindings(framework: String, version: String) -> Bool {
        framework == "ProwlerThreatScore" && version == "1.0"
    }

    /// Yields one row per requirement and region that qualifies, ascending by requirement, then region; none when no
    /// region qualifies. An error of `body` ends the evaluation and is thrown on.
    public func evaluate(
        _ framework: CompiledFramework, countsFindings: Bool, into body: (ProwlerComplianceRow) throws -> Void
    ) rethrows {
        guard !regions.isEmpty else { return }
        var sums = [TallyWords.Sum](repeating: TallyWords.Sum(), count: grid.regionCount)
        try grid.words.withUnsafeBufferPointer { words in
            try sums.withUnsafeMutableBufferPointer { sums in
                for (position, requirement) in framework.requirements.enumerated() {
                    grid.add(requirement, words: words, sums: sums)
                    let total = requirement.totalChecks
                    for region in regions {
                        let sum = sums[Int(region)]
                        try body(
                            ProwlerComplianceRow(
                                requirement: Int32(truncatingIfNeeded: position), region: region,
                                status: total == 0 ? .manual : sum.failedChecks > 0 ? .fail : .pass,
                                passedChecks: sum.passedChecks, failedChecks: sum.failedChecks, totalChecks: total,
                                passedFindings: countsFindings ? sum.passedFindings : 0,
                                totalFindings: countsFindings ? sum.totalFindings : 0))
                    }
                }
            }
        }
    }

    /// The status of a requirement over its regions as Prowler's overview shows it: any FAIL is FAIL, all PASS is PASS,
    /// else MANUAL. Nil without any region, where Prowler has no entry either.
    public static func rollUp(_ statuses: some Sequence<RequirementStatus>) -> RequirementStatus? {
        statuses.reduce(nil) { merged($0, $1) }
    }

    /// The roll-up in steps: what is known so far, and the status in one more region.
    public static func merged(_ known: RequirementStatus?, _ next: RequirementStatus) -> RequirementStatus {
        if known == .fail || next == .fail { return .fail }
        return next == .pass && known ?? .pass == .pass ? .pass : .manual
    }
}
