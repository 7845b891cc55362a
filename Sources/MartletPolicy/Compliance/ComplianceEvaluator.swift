/// Turns tallies into compliance rows, in Martlet's terms.
///
/// For each requirement and each region of the grid the first line that applies gives the status:
///
/// | the mapped checks in that region | status |
/// |---|---|
/// | no check is mapped | MANUAL |
/// | an unmuted FAIL, or an unmuted finding of a check whose configuration constraint is violated | FAIL |
/// | a check denied or errored | ERROR |
/// | a check skipped or unsupported | INCOMPLETE |
/// | an unmuted MANUAL finding | MANUAL |
/// | an unmuted PASS finding | PASS |
/// | a finding, so all are muted | MUTED |
/// | none of these | NOT_EVALUATED |
///
/// The last line includes checks that ran and found no resource: nothing was looked at, so it is not a PASS; the row's
/// `evaluatedChecks` tells the two apart. A pure function of its inputs: the same tallies give the same rows.
public struct ComplianceEvaluator: Sendable {
    private let grid: TallyWords

    /// Prepares the grid of an account, once for all frameworks: 12 more bytes for each of its cells.
    public init(grid: TallyGrid) {
        self.grid = TallyWords(grid: grid)
    }

    /// Yields one row per requirement and region, ascending by requirement, then region. Nothing is allocated per row;
    /// memory is one sum per region. An error of `body` ends the evaluation and is thrown on.
    public func evaluate(
        _ framework: CompiledFramework, into body: (ComplianceRow) throws -> Void
    ) rethrows {
        var sums = [TallyWords.Sum](repeating: TallyWords.Sum(), count: grid.regionCount)
        try grid.words.withUnsafeBufferPointer { words in
            try sums.withUnsafeMutableBufferPointer { sums in
                for (position, requirement) in framework.requirements.enumerated() {
                    grid.add(requirement, words: words, sums: sums)
                    markViolations(requirement, words: words, sums: sums)
                    let number = Int32(truncatingIfNeeded: position)
                    let total = requirement.totalChecks
                    for region in 0..<sums.count {
                        try body(Self.row(number, Int32(truncatingIfNeeded: region), total, sums[region]))
                    }
                }
            }
        }
    }

    /// The same for a single framework; prepare the grid once with ``init(grid:)`` where there are several.
    public static func evaluate(
        _ framework: CompiledFramework, grid: TallyGrid, into body: (ComplianceRow) throws -> Void
    ) rethrows {
        try ComplianceEvaluator(grid: grid).evaluate(framework, into: body)
    }

    /// A violated constraint ranks like an unmuted FAIL, but is not counted as a failed check.
    private func markViolations(
        _ requirement: CompiledRequirement, words: UnsafeBufferPointer<TallyWords.Word>,
        sums: UnsafeMutableBufferPointer<TallyWords.Sum>
    ) {
        for check in requirement.violatedChecks where check >= 0 && Int(check) < grid.checkCount {
            let start = Int(check) * grid.regionCount
            for region in 0..<sums.count where words[start + region].flags & TallyWords.unmuted != 0 {
                sums[region].flags |= TallyWords.failedCheck
            }
        }
    }

    @inline(__always)
    private static func row(_ requirement: Int32, _ region: Int32, _ total: Int32, _ sum: TallyWords.Sum)
        -> ComplianceRow
    {
        ComplianceRow(
            requirement: requirement, region: region, status: total == 0 ? .manual : status(sum.flags),
            passedChecks: sum.passedChecks, failedChecks: sum.failedChecks, evaluatedChecks: sum.evaluatedChecks,
            totalChecks: total, passedFindings: sum.passedFindings, totalFindings: sum.totalFindings)
    }

    @inline(__always)
    private static func status(_ flags: UInt32) -> RequirementStatus {
        if flags & TallyWords.failedCheck != 0 { return .fail }
        if flags & TallyWords.failedToRun != 0 { return .error }
        if flags & TallyWords.notRun != 0 { return .incomplete }
        if flags & TallyWords.manual != 0 { return .manual }
        if flags & TallyWords.pass != 0 { return .pass }
        if flags & TallyWords.muted != 0 { return .muted }
        return .notEvaluated
    }
}
