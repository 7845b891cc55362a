/// A grid in the form that the evaluators read: what matters of each cell in twelve bytes, check-major, so that the
/// innermost loop runs over the regions of one check side by side.
struct TallyWords: Sendable {
    /// One cell.
    struct Word: Sendable {
        var flags: UInt32 = 0
        /// Unmuted PASS findings.
        var passed: UInt32 = 0
        /// Unmuted PASS and FAIL findings: two counts below 2³¹ fit.
        var total: UInt32 = 0
    }

    // The first three are bits 0, 1 and 2, because the sum over checks takes them out by shifting.
    static let failedCheck: UInt32 = 1 << 0
    static let passedCheck: UInt32 = 1 << 1
    static let evaluatedCheck: UInt32 = 1 << 2
    static let failedToRun: UInt32 = 1 << 3
    static let notRun: UInt32 = 1 << 4
    static let manual: UInt32 = 1 << 5
    static let pass: UInt32 = 1 << 6
    static let muted: UInt32 = 1 << 7
    static let unmuted: UInt32 = failedCheck | manual | pass

    let checkCount: Int
    let regionCount: Int
    let words: [Word]

    init(grid: TallyGrid) {
        checkCount = grid.checkCount
        regionCount = grid.regionCount
        words = grid.withCells { $0.map(Self.word) }
    }

    /// Adds up the checks of one requirement into one sum per region, and marks what makes it FAIL by configuration.
    @inline(__always)
    func add(
        _ requirement: CompiledRequirement, words: UnsafeBufferPointer<Word>, sums: UnsafeMutableBufferPointer<Sum>
    ) {
        sums.update(repeating: Sum())
        for check in requirement.checks where check >= 0 && Int(check) < checkCount {
            let start = Int(check) * regionCount
            for region in 0..<regionCount { sums[region].add(words[start + region]) }
        }
    }

    private static func word(_ tally: CheckTally) -> Word {
        let passed = UInt32(max(0, tally.passed))
        let failed = UInt32(max(0, tally.failed))
        var flags: UInt32 = 0
        if failed > 0 { flags |= failedCheck } else if passed > 0 { flags |= passedCheck }
        if passed > 0 { flags |= pass }
        if tally.manual > 0 { flags |= manual }
        if tally.hasMuted { flags |= muted }
        if tally.hasUnmuted || tally.hasMuted || !tally.coverage.isDisjoint(with: .evaluated) {
            flags |= evaluatedCheck
        }
        if !tally.coverage.isDisjoint(with: .failedToRun) { flags |= failedToRun }
        if !tally.coverage.isDisjoint(with: .notRun) { flags |= notRun }
        return Word(flags: flags, passed: passed, total: passed + failed)
    }

    /// What the checks of one requirement add up to in one region.
    struct Sum: Sendable {
        var flags: UInt32 = 0
        var failedChecks: Int32 = 0
        var passedChecks: Int32 = 0
        var evaluatedChecks: Int32 = 0
        var passedFindings: Int = 0
        var totalFindings: Int = 0

        @inline(__always)
        mutating func add(_ word: Word) {
            flags |= word.flags
            failedChecks &+= Int32(truncatingIfNeeded: word.flags & 1)
            passedChecks &+= Int32(truncatingIfNeeded: word.flags >> 1 & 1)
            evaluatedChecks &+= Int32(truncatingIfNeeded: word.flags >> 2 & 1)
            passedFindings &+= Int(word.passed)
            totalFindings &+= Int(word.total)
        }
    }
}
